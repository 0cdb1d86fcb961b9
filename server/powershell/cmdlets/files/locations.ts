import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Jobs } from '../../engine/jobs.ts';
import type { Steps } from '../../engine/steps.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hereOf, nothingHere } from '../here.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { filesOf, pathsOf, targetOf } from './access.ts';
import { pathNotFound } from './faults.ts';
import { isPlace, noDrive, placeOf } from './place.ts';

export const testPath: Cmdlet = {
  name: 'Test-Path',
  synopsis: 'Says whether a host has a file or folder.',
  examples: [{ line: 'Test-Path C:\\Library\\ws2012.vhdx', about: 'True or False.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'LiteralPath', 'PathType', 'IsValid'])) return;
    const type = textOf(bound.value('PathType') ?? 'Any').toLowerCase();
    for (const written of pathsOf(call)) {
      const place = placeOf(call, written);
      if (!isPlace(place) || bound.flag('IsValid')) {
        yield* shell.write(isPlace(place) && !/["<>|]/.test(written));
        continue;
      }
      const files = yield* filesOf(call, place.host);
      const exact = files.at(place.path);
      const found =
        exact !== undefined ? [exact] : bound.has('LiteralPath') ? [] : files.matching(place.path);
      yield* shell.write(
        found.some(({ isFolder }) => type === 'any' || (type === 'container') === isFolder),
      );
    }
  },
};

const where = (path: string): CustomObject => {
  const info = new CustomObject('System.Management.Automation.PathInfo');
  info.note('Path', path);
  return info;
};

export const getLocation: Cmdlet = {
  name: 'Get-Location',
  synopsis: 'Says where this session is.',
  examples: [{ line: 'Get-Location', about: 'Relative paths begin here.' }],
  *process({ shell }) {
    yield* shell.write(where(shell.session.location));
  },
};

/** Goes to a folder of this host; false after an error. */
function* goTo(call: Call, written: string): Steps<boolean> {
  const { shell } = call;
  const place = yield* targetOf(call, written);
  if (place === null) return false;
  const files = yield* filesOf(call, place.host);
  const [first] = [files.at(place.path), ...files.matching(place.path)].filter(
    one => one?.isFolder === true,
  );
  // Only the own drives are a place to be; a share of another host is one to read and write.
  if (first === undefined || place.host !== shell.computer) {
    yield* shell.error(pathNotFound(call, place.path));
    return false;
  }
  shell.session.location = first.path;
  return true;
}

export const setLocation: Cmdlet = {
  name: 'Set-Location',
  synopsis: 'Goes to a folder of the host.',
  examples: [{ line: 'Set-Location C:\\Library', about: 'The prompt says so.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'LiteralPath', 'PassThru'])) return;
    const went = yield* goTo(call, pathsOf(call, '~')[0] ?? '~');
    if (went && bound.flag('PassThru')) yield* shell.write(where(shell.session.location));
  },
};

/** Where each session was, the latest last. */
const left = new WeakMap<Jobs, string[]>();

const MOST = 100;

export const pushLocation: Cmdlet = {
  name: 'Push-Location',
  synopsis: 'Goes to a folder and remembers where one was.',
  examples: [{ line: 'Push-Location C:\\Library', about: 'Pop-Location goes back.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'LiteralPath', 'PassThru'])) return;
    const { jobs, location } = shell.session;
    if (!(yield* goTo(call, pathsOf(call, location)[0] ?? location))) return;
    left.set(jobs, [...(left.get(jobs) ?? []), location].slice(-MOST));
    if (bound.flag('PassThru')) yield* shell.write(where(shell.session.location));
  },
};

export const popLocation: Cmdlet = {
  name: 'Pop-Location',
  synopsis: 'Goes back to where one was before Push-Location.',
  examples: [{ line: 'Pop-Location', about: 'Back.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['PassThru'])) return;
    const last = left.get(shell.session.jobs)?.pop();
    if (last !== undefined && (yield* goTo(call, last)) && bound.flag('PassThru'))
      yield* shell.write(where(last));
  },
};

export const getPsDrive: Cmdlet = {
  name: 'Get-PSDrive',
  synopsis: 'Lists the volumes of a host as drives.',
  examples: [{ line: '(Get-PSDrive C).Free / 1GB', about: 'What is free.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Name', 'LiteralName', 'PSProvider'])) return;
    if (hereOf(call) === undefined) return yield* shell.error(nothingHere(call));
    const names = bound.texts('Name') ?? bound.texts('LiteralName') ?? ['*'];
    const providers = bound.texts('PSProvider') ?? ['FileSystem'];
    if (!providers.some(name => new Wildcard(name).matches('FileSystem'))) return;
    for (const name of names) {
      const pattern = new Wildcard(name);
      const volumes = shell.lab.by('volume', 'host', shell.computer as Id<'host'>);
      const found = volumes.filter(one => pattern.matches(one.letter));
      for (const volume of found) yield* shell.write(driveOf(volume, shell.session.location));
      if (found.length === 0 && !/[*?[]/.test(name)) yield* shell.error(noDrive(call, name));
    }
  },
};

const driveOf = (
  { letter, capacity, free }: RecordOf<'volume'>,
  location: string,
): CustomObject => {
  const drive = new CustomObject('System.Management.Automation.PSDriveInfo');
  const root = `${letter}:\\`;
  const isHere = location.toUpperCase().startsWith(`${letter}:`);
  drive.note('Used', capacity - free);
  drive.note('Free', free);
  drive.note('CurrentLocation', isHere ? location.slice(3) : '');
  drive.note('Name', letter);
  drive.note('Provider', 'FileSystem');
  drive.note('Root', root);
  return drive;
};

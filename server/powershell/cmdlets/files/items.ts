import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { CustomObject } from '../../value/custom-object.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { chooser, entriesAt, entriesOf, filesOf, pathsOf } from './access.ts';
import { FileItem } from './file-item.ts';
import type { Entry } from './files.ts';
import { isPlace, nameOf, placeOf } from './place.ts';

const LOOK = 'Path LiteralPath Filter Include Exclude Force'.split(' ');

export const getItem: Cmdlet = {
  name: 'Get-Item',
  synopsis: 'Gets a file or folder of a host.',
  examples: [{ line: '(Get-Item C:\\Library\\ws2012.vhdx).Length', about: 'Its size in bytes.' }],
  *process(call) {
    if (yield* refuses(call, LOOK)) return;
    for (const entry of yield* entriesOf(call))
      yield* call.shell.write(new FileItem(entry, call.shell.lab, false));
  },
};

export const getChildItem: Cmdlet = {
  name: 'Get-ChildItem',
  synopsis: 'Lists the files and folders of a host.',
  examples: [
    { line: 'Get-ChildItem C:\\ -Recurse -Filter *.vhdx', about: 'Every virtual hard disk on C.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, [...LOOK, 'Recurse', 'Name', 'File', 'Directory'])) return;
    const { location } = shell.session;
    for (const entry of yield* chosenOf(call, location)) {
      if (bound.flag('File') && entry.isFolder) continue;
      if (bound.flag('Directory') && !entry.isFolder) continue;
      const item = new FileItem(entry, shell.lab, true);
      yield* shell.write(bound.flag('Name') ? nameOf(entry.path) : item);
    }
  },
};

/** What lies in the folders that are named, or what wildcards find. */
function* chosenOf(call: Call, location: string): Steps<readonly Entry[]> {
  const { bound, shell } = call;
  const chosen = chooser(call);
  const found: Entry[] = [];
  for (const written of pathsOf(call, location)) {
    // With -Recurse the last part may be a pattern for whatever lies below.
    const [, folder, last] = /^(.*?)\\?([^\\]*[*?[][^\\]*)$/.exec(written) ?? [];
    const isDeep = bound.flag('Recurse') && last !== undefined && !bound.has('LiteralPath');
    const place = placeOf(call, isDeep ? folder || location : written);
    if (!isPlace(place)) {
      yield* shell.error(place);
      continue;
    }
    const files = yield* filesOf(call, place.host);
    const exact = files.at(place.path);
    if (exact?.isFolder === true) {
      const all = bound.flag('Recurse') ? [...files.under(place.path)] : files.in(place.path);
      const name = new Wildcard(isDeep ? last : '*');
      found.push(...all.filter(one => chosen(one) && name.matches(nameOf(one.path))));
    } else if (exact !== undefined) found.push(exact);
    else found.push(...(yield* entriesAt(call, [written])));
  }
  return found;
}

const pathInfo = (path: string): Value => {
  const info = new CustomObject('System.Management.Automation.PathInfo');
  info.note('Path', path);
  return info;
};

export const resolvePath: Cmdlet = {
  name: 'Resolve-Path',
  synopsis: 'Gives the full paths that a path with wildcards stands for.',
  examples: [{ line: 'Resolve-Path C:\\Lib*', about: 'C:\\Library.' }],
  *process(call) {
    if (yield* refuses(call, ['Path', 'LiteralPath', 'Relative'])) return;
    const here = call.shell.session.location;
    for (const { path } of yield* entriesOf(call))
      yield* call.shell.write(call.bound.flag('Relative') ? relative(path, here) : pathInfo(path));
  },
};

const relative = (path: string, here: string): string =>
  path.toLowerCase().startsWith(`${here.toLowerCase().replace(/\\$/, '')}\\`)
    ? `.${path.slice(here.replace(/\\$/, '').length)}`
    : path;

export const convertPath: Cmdlet = {
  name: 'Convert-Path',
  synopsis: 'Gives the full path of what is there, as a text.',
  examples: [{ line: 'Convert-Path ..', about: 'The folder above.' }],
  *process(call) {
    for (const { path } of yield* entriesOf(call)) yield* call.shell.write(path);
  },
};

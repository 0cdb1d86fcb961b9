import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { confirmed } from '../hyper-v/act.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { entriesOf, filesOf, save, targetOf } from './access.ts';
import { denied, noText, refused } from './faults.ts';
import { FileItem } from './file-item.ts';
import type { Entry, Files } from './files.ts';
import { joined, nameOf, parentOf, type Place } from './place.ts';

const CHANGE =
  'Path LiteralPath Filter Include Exclude Force Recurse Destination NewName Container PassThru'.split(
    ' ',
  );

/** What is not somebody's text: a disk, an image, a file of a machine, a folder with one in it. */
const foreign = (files: Files, entry: Entry): Entry | undefined =>
  entry.isFolder
    ? [...files.under(entry.path)].find(one => !one.isFolder && one.text === null)
    : entry.text === null
      ? entry
      : undefined;

export const removeItem: Cmdlet = {
  name: 'Remove-Item',
  synopsis: 'Removes text files and folders of a host.',
  examples: [{ line: 'Remove-Item C:\\Lists -Recurse', about: 'A folder and what is in it.' }],
  *process(call) {
    if (yield* refuses(call, CHANGE)) return;
    for (const entry of yield* entriesOf(call)) yield* removeOne(call, entry);
  },
};

function* removeOne(call: Call, entry: Entry): Steps<void> {
  const { bound, shell } = call;
  const { host, path, isFolder } = entry;
  const files = yield* filesOf(call, host);
  const other = foreign(files, entry);
  if (other !== undefined) return yield* shell.error(noText(call, other.path));
  const action = isFolder ? 'Remove Directory' : 'Remove File';
  if (!(yield* shell.should(path, action))) return;
  const question = `The item at ${path} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?`;
  const isFull = isFolder && files.in(path).length > 0;
  if (isFull && !bound.flag('Recurse') && !(yield* confirmed(call, question))) return;
  const result = yield* shell.submit('file.remove', { host, path });
  if (result.ok) return;
  // A folder that nobody made is there because Windows has it.
  const isWindows = result.fault.kind === 'FileNotFound';
  yield* shell.error(isWindows ? denied(call, path) : refused(call, result.fault, path));
}

/** Where something goes: into a folder that is there, else to that name. */
function* destinationOf(call: Call, entry: Entry): Steps<Place | null> {
  const written = call.bound.text('Destination') ?? call.shell.session.location;
  const place = yield* targetOf(call, written);
  if (place === null) return null;
  const isInto = (yield* filesOf(call, place.host)).at(place.path)?.isFolder === true;
  return isInto ? { ...place, path: joined(place.path, nameOf(entry.path)) } : place;
}

export const copyItem: Cmdlet = {
  name: 'Copy-Item',
  synopsis: 'Copies text files and folders of a host.',
  examples: [{ line: 'Copy-Item C:\\Lists D:\\Old -Recurse', about: 'With all that is in it.' }],
  *process(call) {
    if (yield* refuses(call, CHANGE)) return;
    for (const entry of yield* entriesOf(call)) {
      const to = yield* destinationOf(call, entry);
      if (to !== null) yield* copyOne(call, entry, to);
    }
  },
};

function* copyOne(call: Call, entry: Entry, to: Place): Steps<void> {
  const { bound, shell } = call;
  const files = yield* filesOf(call, entry.host);
  const isDeep = bound.flag('Recurse');
  const other = entry.isFolder && !isDeep ? undefined : foreign(files, entry);
  if (other !== undefined) return yield* shell.error(noText(call, other.path));
  const action = entry.isFolder ? 'Copy Directory' : 'Copy File';
  if (!(yield* shell.should(`Item: ${entry.path} Destination: ${to.path}`, action))) return;
  const all = entry.isFolder && isDeep ? [entry, ...files.under(entry.path)] : [entry];
  for (const one of all) {
    const path = to.path + one.path.slice(entry.path.length);
    if (!(yield* copyTo(call, one, { host: to.host, path }))) return;
  }
  if (bound.flag('PassThru')) yield* show(call, to);
}

function* copyTo(call: Call, one: Entry, to: Place): Steps<boolean> {
  if (one.text !== null)
    return yield* save(call, to, one.text.content, { encoding: one.text.encoding });
  const result = yield* call.shell.submit('file.makeFolder', { ...to });
  if (result.ok || result.fault.kind === 'FileExists') return true;
  yield* call.shell.error(refused(call, result.fault, to.path));
  return false;
}

export const moveItem: Cmdlet = {
  name: 'Move-Item',
  synopsis: 'Gives text files and folders of a host another place.',
  examples: [{ line: 'Move-Item C:\\racks.txt C:\\Lists', about: 'Into a folder.' }],
  *process(call) {
    if (yield* refuses(call, CHANGE)) return;
    for (const entry of yield* entriesOf(call)) {
      const to = yield* destinationOf(call, entry);
      if (to === null) continue;
      const item = `Item: ${entry.path} Destination: ${to.path}`;
      yield* moveOne(call, entry, {
        to,
        item,
        action: entry.isFolder ? 'Move Directory' : 'Move File',
      });
    }
  },
};

export const renameItem: Cmdlet = {
  name: 'Rename-Item',
  synopsis: 'Gives a text file or folder of a host another name.',
  examples: [{ line: 'Rename-Item C:\\racks.txt shelves.txt', about: 'Where it is.' }],
  *process(call) {
    if (yield* refuses(call, CHANGE)) return;
    for (const entry of yield* entriesOf(call)) {
      const { host, path } = entry;
      const to = { host, path: joined(parentOf(path), call.bound.text('NewName') ?? '') };
      const item = `Item: ${path} Destination: ${to.path}`;
      yield* moveOne(call, entry, {
        to,
        item,
        action: entry.isFolder ? 'Rename Directory' : 'Rename File',
      });
    }
  },
};

interface Moving {
  readonly to: Place;
  readonly item: string;
  readonly action: string;
}

function* moveOne(call: Call, entry: Entry, { to, item, action }: Moving): Steps<void> {
  const { bound, shell } = call;
  const { host, path } = entry;
  const files = yield* filesOf(call, host);
  const other = foreign(files, entry);
  if (other !== undefined || to.host !== host)
    return yield* shell.error(noText(call, other?.path ?? to.path));
  if (!(yield* shell.should(item, action))) return;
  const there = files.at(to.path);
  // -Force replaces a file, not a folder.
  if (bound.flag('Force') && there !== undefined && there.text !== null && there.path !== path)
    yield* shell.submit('file.remove', { host, path: there.path });
  const result = yield* shell.submit('file.move', { host, path, to: to.path });
  if (!result.ok) {
    const isThere = result.fault.kind === 'FileExists';
    const message = 'Cannot create a file when that file already exists.';
    const fault = isThere ? { ...result.fault, message } : result.fault;
    return yield* shell.error(refused(call, fault, to.path));
  }
  if (bound.flag('PassThru')) yield* show(call, to);
}

function* show(call: Call, { host, path }: Place): Steps<void> {
  const entry = (yield* filesOf(call, host)).at(path);
  if (entry !== undefined) yield* call.shell.write(new FileItem(entry, call.shell.lab, false));
}

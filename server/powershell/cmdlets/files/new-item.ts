import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { textOf } from '../../value/text.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { filesOf, save, targetOf } from './access.ts';
import { refused } from './faults.ts';
import { FileItem } from './file-item.ts';
import type { Files } from './files.ts';
import { joined, parentOf, type Place } from './place.ts';

export const newItem: Cmdlet = {
  name: 'New-Item',
  synopsis: 'Makes a folder or a text file on a host.',
  examples: [
    { line: 'New-Item C:\\Lists -ItemType Directory', about: 'A folder.' },
    { line: "New-Item C:\\Lists\\racks.txt -ItemType File -Value 'R1'", about: 'A file.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'Name', 'ItemType', 'Value', 'Force'])) return;
    const type = yield* typeOf(call);
    if (!/^(file|directory|container)$/i.test(type)) return yield* unknownType(call, type);
    const name = bound.text('Name');
    for (const folder of bound.texts('Path') ?? [shell.session.location]) {
      const place = yield* targetOf(call, name === undefined ? folder : joined(folder, name));
      if (place === null) continue;
      if (type.toLowerCase() === 'file') yield* makeFile(call, place);
      else yield* makeFolders(call, place);
    }
  },
};

/** `mkdir` makes folders; who does not say what it is to be is asked. */
function* typeOf({ bound, shell, invokedAs }: Call): Steps<string> {
  if (/^(mkdir|md)$/i.test(invokedAs)) return 'Directory';
  return bound.text('ItemType') ?? (yield* shell.ask('Type: '));
}

function* makeFile(call: Call, place: Place): Steps<void> {
  const { bound, shell } = call;
  const files = yield* filesOf(call, place.host);
  const isForced = bound.flag('Force');
  if (files.at(place.path) !== undefined && !isForced)
    return yield* taken(call, `The file '${place.path}' already exists.`, 'NewItemIOError');
  if (!(yield* shell.should(`Destination: ${place.path}`, 'Create File'))) return;
  const text = textOf(bound.value('Value') ?? '');
  if (yield* save(call, place, text, { force: isForced })) yield* show(call, place);
}

/** The folder and those above it that are not there yet. */
export function* makeFolders(call: Call, place: Place): Steps<void> {
  const { shell } = call;
  const files = yield* filesOf(call, place.host);
  const there = files.at(place.path);
  if (there !== undefined && !(there.isFolder && call.bound.flag('Force'))) {
    const said = `An item with the specified name ${place.path} already exists.`;
    return yield* taken(call, said, 'DirectoryExist');
  }
  if (!(yield* shell.should(`Destination: ${place.path}`, 'Create Directory'))) return;
  for (const path of there === undefined ? missing(files, place.path) : []) {
    const result = yield* shell.submit('file.makeFolder', { host: place.host, path });
    if (!result.ok) return yield* shell.error(refused(call, result.fault, path));
  }
  yield* show(call, place);
}

const missing = (files: Files, path: string): readonly string[] =>
  files.at(path) === undefined && path.length > 3 ? [...missing(files, parentOf(path)), path] : [];

function* show(call: Call, { host, path }: Place): Steps<void> {
  const entry = (yield* filesOf(call, host)).at(path);
  if (entry !== undefined) yield* call.shell.write(new FileItem(entry, call.shell.lab, false));
}

function* taken({ shell }: Call, message: string, id: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message,
      id,
      category: id === 'DirectoryExist' ? 'ResourceExists' : 'WriteError',
      exception: 'System.IO.IOException',
    }),
  );
}

function* unknownType({ shell }: Call, type: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message:
        'The type is not a known type for the file system. Only "file" and "directory" can be specified.',
      id: 'Argument',
      category: 'InvalidArgument',
      exception: 'System.Management.Automation.PSArgumentException',
      target: type,
    }),
  );
}

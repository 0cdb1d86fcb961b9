import type { Id } from '../../../protocol/id.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { absolute } from '../../value/path.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { refuses } from '../hyper-v/refuses.ts';

// A host has the files that the lab knows: disks, images, what belongs to machines. Folders are where
// those are; there are no others.

const HOME = 'C:\\Users\\Administrator';

interface Places {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** In lower case. */
const placesOf = ({ shell }: Call): Places => {
  const host = shell.computer as Id<'host'>;
  const { lab } = shell;
  const files = [
    ...lab.by('virtual-disk', 'host', host),
    ...lab.by('library-image', 'host', host),
    ...lab.by('vm-file', 'host', host),
  ].map(({ path }) => path.toLowerCase());
  const known = lab.get('host', host);
  const own = [HOME, known?.virtualMachinePath ?? HOME, known?.virtualHardDiskPath ?? HOME];
  const folders = new Set(
    lab.by('volume', 'host', host).map(one => `${one.letter}:`.toLowerCase()),
  );
  for (const path of [...files.map(parentOf), ...own.map(one => one.toLowerCase())])
    for (let folder = path; folder.includes('\\'); folder = parentOf(folder)) folders.add(folder);
  return { files: new Set(files), folders };
};

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('\\')));

const asKey = (path: string): string => path.toLowerCase().replace(/\\+$/, '');

export const testPath: Cmdlet = {
  name: 'Test-Path',
  synopsis: 'Says whether a host has a file or folder that the lab knows.',
  examples: [{ line: 'Test-Path C:\\Library\\ws2012.vhdx', about: 'True or False.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'LiteralPath', 'PathType'])) return;
    const { files, folders } = placesOf(call);
    const type = bound.text('PathType')?.toLowerCase();
    const candidates = [
      ...(type === 'container' ? [] : files),
      ...(type === 'leaf' ? [] : folders),
    ];
    for (const path of bound.texts('LiteralPath') ?? bound.texts('Path') ?? []) {
      const wanted = asKey(absolute(path, shell.session.location));
      const pattern = bound.has('LiteralPath') ? null : new Wildcard(wanted);
      yield* shell.write(
        candidates.some(one => one === wanted || (pattern?.matches(one) ?? false)),
      );
    }
  },
};

export const getLocation: Cmdlet = {
  name: 'Get-Location',
  synopsis: 'Says where this session is.',
  examples: [{ line: 'Get-Location', about: 'Relative paths begin here.' }],
  *process({ shell }) {
    const info = new CustomObject('System.Management.Automation.PathInfo');
    info.note('Path', shell.session.location);
    yield* shell.write(info);
  },
};

export const setLocation: Cmdlet = {
  name: 'Set-Location',
  synopsis: 'Goes to a folder of the host.',
  examples: [{ line: 'Set-Location C:\\Library', about: 'The prompt says so.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'LiteralPath', 'PassThru'])) return;
    const written = bound.text('LiteralPath') ?? bound.text('Path') ?? HOME;
    const path = absolute(written, shell.session.location);
    if (placesOf(call).folders.has(asKey(path))) {
      const plain = path.replace(/\\+$/, '');
      shell.session.location = plain.endsWith(':') ? `${plain}\\` : plain;
      return;
    }
    yield* shell.error(
      shell.fault({
        message: `Cannot find path '${path}' because it does not exist.`,
        id: 'PathNotFound',
        category: 'ObjectNotFound',
        exception: 'System.Management.Automation.ItemNotFoundException',
        target: path,
      }),
    );
  },
};

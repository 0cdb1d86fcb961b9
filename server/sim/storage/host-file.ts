import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, Id } from '../../protocol/id.ts';
import type { ArgsOf } from '../../protocol/operation/index.ts';
import type { FileEncoding } from '../../protocol/record/file.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';
import { giveSpace, takeSpace } from './volume.ts';

// Text files and folders that people make on a host's volumes: lists, reports, notes. Folders in
// which anything lies are there by themselves; one is kept only when somebody made it.

type HostFile = RecordOf<'file'>;
type Done = Result<null, StorageFault>;

/** What a host keeps of people's files, so that a loop in a script fills no database (chosen). */
export const FILES_OF_A_HOST = 1_000;
export const CHARACTERS_OF_A_HOST = 4 * 1024 * 1024;
/** Of one file, however often something was added to it. */
export const CHARACTERS_OF_A_FILE = 1024 * 1024;

const DONE = ok(null);

const keyOf = (path: string): string => path.toLowerCase();

function fileId(host: HostId, path: string): Id<'file'> {
  return `file:${host.slice('host:'.length)}/${keyOf(path)}`;
}

export function fileAt(turn: Turn, host: HostId, path: string): HostFile | undefined {
  return turn.get('file', fileId(host, path));
}

export function writeFile(turn: Turn, args: ArgsOf<'file.write'>): Done {
  const { host, path, append } = args;
  const old = fileAt(turn, host, path);
  if (old?.type === 'Folder' || isTaken(turn, host, path)) return denied(path);
  // A folder that is one because something is in it.
  if (old === undefined && withWhatIsIn(turn, host, path).length > 0) return denied(path);
  const content = append && old !== undefined ? old.content + args.text : args.text;
  const encoding = append && old !== undefined ? old.encoding : args.encoding;
  const full = fullFor(turn, host, { path, more: content.length - (old?.content.length ?? 0) });
  if (full !== null || content.length > CHARACTERS_OF_A_FILE)
    return fail(storageFault('NoQuota', { path }));
  const size = bytesOf(content, encoding);
  const taken = resize(turn, host, { path, from: old?.size ?? 0, to: size });
  if (!taken.ok) return taken;
  const values = { encoding, size, writtenAt: turn.now, content };
  if (old !== undefined) turn.patch('file', old.id, values);
  else
    turn.insert('file', fileId(host, path), {
      ...values,
      host,
      path,
      type: 'File',
      createdAt: turn.now,
    });
  tell(turn, host, `Wrote ${path}`, { path, size });
  return DONE;
}

export function makeFolder(turn: Turn, { host, path }: ArgsOf<'file.makeFolder'>): Done {
  if (fileAt(turn, host, path) !== undefined || isTaken(turn, host, path))
    return fail(storageFault('FileExists', { path }));
  if (fullFor(turn, host, { path, more: 0 }) !== null)
    return fail(storageFault('NoQuota', { path }));
  const there = takeSpace(turn, host, { path, bytes: 0 });
  if (!there.ok) return there;
  turn.insert('file', fileId(host, path), {
    host,
    path,
    type: 'Folder',
    encoding: 'ASCII',
    size: 0,
    createdAt: turn.now,
    writtenAt: turn.now,
    content: '',
  });
  tell(turn, host, `Made the folder ${path}`, { path });
  return DONE;
}

export function removeFile(turn: Turn, { host, path }: ArgsOf<'file.remove'>): Done {
  const own = withWhatIsIn(turn, host, path);
  if (isTaken(turn, host, path)) return denied(path);
  if (own.length === 0) return fail(storageFault('FileNotFound', { path }));
  for (const { id, path: each, size } of own) {
    giveSpace(turn, host, { path: each, bytes: size });
    turn.remove('file', id);
  }
  tell(turn, host, `Removed ${path}`, { path, files: own.length });
  return DONE;
}

export function moveFile(turn: Turn, { host, path, to }: ArgsOf<'file.move'>): Done {
  const own = withWhatIsIn(turn, host, path);
  if (isTaken(turn, host, path)) return denied(path);
  if (own.length === 0) return fail(storageFault('FileNotFound', { path }));
  // Into itself, or onto something: only the case of letters may change in place.
  const isSame = keyOf(path) === keyOf(to);
  if (keyOf(to).startsWith(`${keyOf(path)}\\`)) return denied(to);
  if (!isSame && (withWhatIsIn(turn, host, to).length > 0 || isTaken(turn, host, to)))
    return fail(storageFault('FileExists', { path: to }));
  const bytes = own.reduce((sum, { size }) => sum + size, 0);
  const taken = takeSpace(turn, host, { path: to, bytes });
  if (!taken.ok) return taken;
  giveSpace(turn, host, { path, bytes });
  for (const { id, ...values } of own) {
    const moved = to + values.path.slice(path.length);
    turn.remove('file', id);
    turn.insert('file', fileId(host, moved), { ...values, path: moved });
  }
  tell(turn, host, `Moved ${path} to ${to}`, { path, to, files: own.length });
  return DONE;
}

/** A folder of somebody's, or a file; and everything of people's in it. */
function withWhatIsIn(turn: Turn, host: HostId, path: string): HostFile[] {
  const key = keyOf(path);
  return turn
    .where('file', 'host', host)
    .filter(one => keyOf(one.path) === key || keyOf(one.path).startsWith(`${key}\\`));
}

/** Something else is there, or in it: a disk, an image, a file of a virtual machine. */
function isTaken(turn: Turn, host: HostId, path: string): boolean {
  const key = keyOf(path);
  return (['virtual-disk', 'library-image', 'vm-file'] as const).some(kind =>
    turn
      .where(kind, 'host', host)
      .some(one => keyOf(one.path) === key || keyOf(one.path).startsWith(`${key}\\`)),
  );
}

function fullFor(
  turn: Turn,
  host: HostId,
  { path, more }: { readonly path: string; readonly more: number },
): 'full' | null {
  const all = turn.where('file', 'host', host);
  const isNew = fileAt(turn, host, path) === undefined;
  if (isNew && all.length >= FILES_OF_A_HOST) return 'full';
  const characters = all.reduce((sum, { content }) => sum + content.length, 0);
  return more > 0 && characters + more > CHARACTERS_OF_A_HOST ? 'full' : null;
}

function resize(
  turn: Turn,
  host: HostId,
  { path, from, to }: { readonly path: string; readonly from: number; readonly to: number },
): Done {
  if (to >= from) return takeSpace(turn, host, { path, bytes: to - from });
  giveSpace(turn, host, { path, bytes: from - to });
  return DONE;
}

function bytesOf(text: string, encoding: FileEncoding): number {
  if (encoding === 'ASCII') return text.length;
  // With the marks that Windows PowerShell begins such files with.
  if (encoding === 'Unicode') return 2 + 2 * text.length;
  let bytes = 3;
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

const denied = (path: string): Done => fail(storageFault('AccessDenied', { path }));

function tell(
  turn: Turn,
  host: HostId,
  summary: string,
  data: { readonly [key: string]: string | number },
): void {
  turn.fact({ kind: 'state', from: 'management-os', host, summary, data });
}

import type { HostId } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { SimTime } from '../../../protocol/time.ts';
import type { ShellLab } from '../../engine/lab.ts';
import { compareText } from '../../value/compare.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { nameOf, parentOf } from './place.ts';

// What lies on the volumes of a host: the texts and folders that people made, and the files the lab
// knows: disks, images, what belongs to machines. Other folders are there because something is in them.

export interface Entry {
  readonly host: HostId;
  readonly path: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly created: SimTime;
  readonly written: SimTime;
  /** Null for everything but a text that somebody wrote. */
  readonly text: RecordOf<'file'> | null;
}

/** Folders of any host, on the volume that Windows is on. */
const ALWAYS = [
  'C:\\PerfLogs',
  'C:\\Program Files',
  'C:\\Program Files (x86)',
  'C:\\Users\\Administrator\\AppData\\Local\\Temp',
  'C:\\Users\\Administrator\\Desktop',
  'C:\\Users\\Administrator\\Documents',
  'C:\\Users\\Administrator\\Downloads',
  'C:\\Users\\Public',
  'C:\\Windows\\System32',
  'C:\\Windows\\Temp',
];

export class Files {
  readonly #entries = new Map<string, Entry>();
  readonly #children = new Map<string, Map<string, Entry>>();
  readonly #host: HostId;

  constructor(lab: ShellLab, host: HostId) {
    this.#host = host;
    for (const { letter } of lab.by('volume', 'host', host)) this.#folder(`${letter}:\\`);
    const known = lab.get('host', host);
    const folders = [...ALWAYS, known?.virtualMachinePath, known?.virtualHardDiskPath];
    for (const path of folders) if (path !== undefined) this.#folder(path);
    for (const one of lab.by('file', 'host', host))
      this.#put({
        host,
        path: one.path,
        isFolder: one.type === 'Folder',
        size: one.size,
        created: one.createdAt as SimTime,
        written: one.writtenAt as SimTime,
        text: one.type === 'Folder' ? null : one,
      });
    for (const { path, fileSize } of lab.by('virtual-disk', 'host', host))
      this.#own(path, fileSize);
    for (const { path, size } of lab.by('library-image', 'host', host)) this.#own(path, size);
    for (const { path, size, savedAt } of lab.by('vm-file', 'host', host))
      this.#own(path, size, savedAt ?? 0);
  }

  at(path: string): Entry | undefined {
    return this.#entries.get(path.toLowerCase());
  }

  /** What is in a folder: folders first, each by name. */
  in(path: string): readonly Entry[] {
    return [...(this.#children.get(path.toLowerCase())?.values() ?? [])].toSorted(
      (a, b) =>
        Number(b.isFolder) - Number(a.isFolder) || compareText(nameOf(a.path), nameOf(b.path)),
    );
  }

  /** The same with everything in the folders in it. */
  *under(path: string): Generator<Entry> {
    const here = this.in(path);
    yield* here;
    for (const one of here) if (one.isFolder) yield* this.under(one.path);
  }

  /** What a path with wildcards in its parts stands for. */
  matching(pattern: string): readonly Entry[] {
    const [drive = '', ...parts] = pattern.split('\\').filter(part => part !== '');
    let found = [this.at(`${drive}\\`)].filter(one => one !== undefined);
    for (const part of parts) {
      const name = new Wildcard(part);
      found = found.flatMap(one =>
        this.in(one.path).filter(({ path }) => name.matches(nameOf(path))),
      );
    }
    return found;
  }

  #own(path: string, size: number, written = 0): void {
    const at = written as SimTime;
    const created = 0 as SimTime;
    this.#put({ host: this.#host, path, isFolder: false, size, created, written: at, text: null });
  }

  #folder(path: string): void {
    if (this.at(path) !== undefined) return;
    const at = 0 as SimTime;
    const nothing = { size: 0, created: at, written: at, text: null };
    this.#put({ host: this.#host, path, isFolder: true, ...nothing });
  }

  #put(entry: Entry): void {
    const key = entry.path.toLowerCase();
    this.#entries.set(key, entry);
    const parent = parentOf(entry.path);
    if (parent === entry.path) return;
    this.#folder(parent);
    let siblings = this.#children.get(parent.toLowerCase());
    if (siblings === undefined) this.#children.set(parent.toLowerCase(), (siblings = new Map()));
    siblings.set(key, entry);
  }
}

import type { ShellLab } from '../../engine/lab.ts';
import type { SimTime } from '../../../protocol/time.ts';
import { DateTime } from '../../value/date-time.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';
import type { Value } from '../../value/value.ts';
import type { Entry } from './files.ts';
import { nameOf, parentOf } from './place.ts';

const PROVIDER = 'Microsoft.PowerShell.Core\\FileSystem';

/** A file or folder as it was when somebody looked. */
export class FileItem extends PSObject {
  readonly typeNames: readonly string[];
  readonly entry: Entry;
  readonly #lab: ShellLab;
  readonly #isFound: boolean;

  /** What was found in a folder is its name in a text, what was asked for its whole path. */
  constructor(entry: Entry, lab: ShellLab, isFound: boolean) {
    super();
    this.entry = entry;
    this.#lab = lab;
    this.#isFound = isFound;
    this.typeNames = [
      entry.isFolder ? 'System.IO.DirectoryInfo' : 'System.IO.FileInfo',
      'System.IO.FileSystemInfo',
      'System.MarshalByRefObject',
      'System.Object',
    ];
  }

  properties(): readonly Property[] {
    const { path, isFolder, size } = this.entry;
    const name = nameOf(path);
    const dot = isFolder ? -1 : name.lastIndexOf('.');
    return [
      property('PSPath', 'string', () => `${PROVIDER}::${path}`),
      property('PSParentPath', 'string', () => `${PROVIDER}::${parentOf(path)}`),
      property('PSChildName', 'string', () => name),
      property('PSDrive', 'string', () => path.slice(0, 1)),
      property('PSProvider', 'string', () => PROVIDER),
      property('PSIsContainer', 'bool', () => isFolder),
      property('BaseName', 'string', () => (dot < 0 ? name : name.slice(0, dot))),
      property('Mode', 'string', () => (isFolder ? 'd----' : '-a---')),
      property('Name', 'string', () => (path.length === 3 ? path : name)),
      ...(isFolder
        ? [property('Parent', 'System.IO.DirectoryInfo', () => this.#parent())]
        : [
            property('Length', 'long', () => size),
            property('DirectoryName', 'string', () => parentOf(path)),
            property('Directory', 'System.IO.DirectoryInfo', () => this.#parent()),
            property('IsReadOnly', 'bool', () => false),
          ]),
      property('Exists', 'bool', () => true),
      property('FullName', 'string', () => path),
      property('Extension', 'string', () => (dot < 0 ? '' : name.slice(dot))),
      ...this.#times(),
      property('Attributes', 'System.IO.FileAttributes', () =>
        isFolder ? 'Directory' : 'Archive',
      ),
    ];
  }

  #times(): readonly Property[] {
    const at = (time: SimTime, kind: 'Local' | 'Utc') => (): Value =>
      DateTime.fromUnix(this.#lab.calendar(time), kind);
    const { created, written } = this.entry;
    return [
      property('CreationTime', 'datetime', at(created, 'Local')),
      property('CreationTimeUtc', 'datetime', at(created, 'Utc')),
      property('LastAccessTime', 'datetime', at(written, 'Local')),
      property('LastAccessTimeUtc', 'datetime', at(written, 'Utc')),
      property('LastWriteTime', 'datetime', at(written, 'Local')),
      property('LastWriteTimeUtc', 'datetime', at(written, 'Utc')),
    ];
  }

  #parent(): Value {
    const path = parentOf(this.entry.path);
    if (path === this.entry.path) return null;
    return new FileItem({ ...this.entry, path, isFolder: true, size: 0 }, this.#lab, false);
  }

  text(): string {
    return this.#isFound ? nameOf(this.entry.path) : this.entry.path;
  }

  override comparable(): Value {
    return this.entry.path;
  }
}

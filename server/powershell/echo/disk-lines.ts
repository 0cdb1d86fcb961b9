import type { ArgsOf } from '../../protocol/operation/index.ts';
import type { EchoNames } from './echo.ts';
import { quoted, size } from './quote.ts';

// Lines of the operations on virtual hard disk files.

type DiskOperation =
  | 'disk.create'
  | 'disk.resize'
  | 'disk.convert'
  | 'disk.merge'
  | 'disk.compact'
  | 'disk.setParent';

type Line<N extends DiskOperation> = (args: ArgsOf<N>, names: EchoNames) => string | null;

interface OnHost {
  readonly host: string;
  readonly names: EchoNames;
}

const line = (words: readonly string[], { host, names }: OnHost): string | null => {
  const name = names.host(host);
  if (name === undefined) return null;
  return [...words.filter(word => word !== ''), `-ComputerName ${quoted(name)}`].join(' ');
};

const number = (parameter: string, value: number | undefined): string =>
  value === undefined ? '' : `-${parameter} ${size(value)}`;

export const DISK_ECHO: { readonly [N in DiskOperation]: Line<N> } = {
  'disk.create': ({ host, path, type, ...rest }, names) =>
    line(
      [
        `New-VHD -Path ${quoted(path)}`,
        rest.parent === undefined ? '' : `-ParentPath ${quoted(rest.parent)}`,
        number('SizeBytes', rest.size),
        `-${type}`,
        number('BlockSizeBytes', rest.blockSize),
        number('LogicalSectorSizeBytes', rest.logicalSectorSize),
        number('PhysicalSectorSizeBytes', rest.physicalSectorSize),
      ],
      { host, names },
    ),
  'disk.resize': ({ host, path, size: to }, names) => {
    const wanted = to === 'minimum' ? '-ToMinimumSize' : `-SizeBytes ${size(to)}`;
    return line([`Resize-VHD -Path ${quoted(path)}`, wanted], { host, names });
  },
  'disk.convert': ({ host, path, to, type, parent, blockSize, deleteSource }, names) =>
    line(
      [
        `Convert-VHD -Path ${quoted(path)} -DestinationPath ${quoted(to)}`,
        type === undefined ? '' : `-VHDType ${type}`,
        parent === undefined ? '' : `-ParentPath ${quoted(parent)}`,
        number('BlockSizeBytes', blockSize),
        deleteSource ? '-DeleteSource' : '',
      ],
      { host, names },
    ),
  'disk.merge': ({ host, path, into }, names) =>
    line(
      [
        `Merge-VHD -Path ${quoted(path)}`,
        into === undefined ? '' : `-DestinationPath ${quoted(into)}`,
        '-Force',
      ],
      { host, names },
    ),
  'disk.compact': ({ host, path }, names) =>
    line([`Optimize-VHD -Path ${quoted(path)} -Mode Full`], { host, names }),
  'disk.setParent': ({ host, path, parent, ignoreMismatch }, names) =>
    line(
      [
        `Set-VHD -Path ${quoted(path)} -ParentPath ${quoted(parent)}`,
        ignoreMismatch ? '-IgnoreIdMismatch' : '',
      ],
      { host, names },
    ),
};

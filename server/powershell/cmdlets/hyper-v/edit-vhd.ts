import { textOf } from '../../value/text.ts';
import { confirmed } from './act.ts';
import { diskAction, numbersIn, pathIn } from './vhd-files.ts';

// Edit Virtual Hard Disk, a cmdlet for each of its actions.

export const resizeVhd = diskAction({
  name: 'Resize-VHD',
  synopsis: 'Expands or shrinks virtual hard disks.',
  examples: [
    { line: 'Resize-VHD C:\\VHDs\\Data.vhdx -SizeBytes 80GB', about: 'Larger.' },
    { line: 'Resize-VHD C:\\VHDs\\Data.vhdx -ToMinimumSize', about: 'As far as its partitions.' },
  ],
  known: ['SizeBytes', 'ToMinimumSize'],
  *order({ bound }, path) {
    const size = bound.flag('ToMinimumSize') ? 'minimum' : (bound.number('SizeBytes') ?? 0);
    return { op: 'disk.resize', args: { size }, result: path };
  },
});

export const convertVhd = diskAction({
  name: 'Convert-VHD',
  synopsis: 'Copies a virtual hard disk into a file of another format or type.',
  examples: [
    {
      line: 'Convert-VHD C:\\VHDs\\Old.vhd -DestinationPath C:\\VHDs\\New.vhdx',
      about: 'From VHD to VHDX.',
    },
  ],
  known: ['DestinationPath', 'VHDType', 'ParentPath', 'BlockSizeBytes', 'DeleteSource'],
  *order(call) {
    const { bound } = call;
    const to = pathIn(call, 'DestinationPath') ?? '';
    const type = bound.value('VHDType');
    const parent = pathIn(call, 'ParentPath');
    const args = {
      to,
      ...(type === undefined ? {} : { type: textOf(type) }),
      ...(parent === undefined ? {} : { parent }),
      ...numbersIn(call, [['BlockSizeBytes', 'blockSize']]),
      deleteSource: bound.flag('DeleteSource'),
    };
    return { op: 'disk.convert', args, result: to };
  },
});

export const mergeVhd = diskAction({
  name: 'Merge-VHD',
  synopsis: 'Merges a differencing disk into one of its parents.',
  examples: [{ line: 'Merge-VHD C:\\VHDs\\Child.vhdx', about: 'Into its parent.' }],
  known: ['DestinationPath', 'Force'],
  *order(call, path) {
    const into = pathIn(call, 'DestinationPath');
    const question = `Merge-VHD will merge "${path}".`;
    if (!(yield* confirmed(call, question))) return null;
    const args = into === undefined ? {} : { into };
    return { op: 'disk.merge', args, result: into ?? null };
  },
});

export const optimizeVhd = diskAction({
  name: 'Optimize-VHD',
  synopsis: 'Compacts dynamic and differencing disks.',
  examples: [{ line: 'Optimize-VHD C:\\VHDs\\Data.vhdx -Mode Full', about: 'Compacted.' }],
  known: ['Mode:Full', 'Mode:Quick'],
  *order(_, path) {
    return { op: 'disk.compact', args: {}, result: path };
  },
});

export const setVhd = diskAction({
  name: 'Set-VHD',
  synopsis: 'Points a differencing disk at its parent.',
  examples: [
    {
      line: 'Set-VHD C:\\VHDs\\Child.vhdx -ParentPath D:\\Base.vhdx',
      about: 'The parent lies there now.',
    },
  ],
  known: ['ParentPath', 'IgnoreIdMismatch'],
  *order(call, path) {
    const parent = pathIn(call, 'ParentPath') ?? '';
    const ignoreMismatch = call.bound.flag('IgnoreIdMismatch');
    return { op: 'disk.setParent', args: { parent, ignoreMismatch }, result: path };
  },
});

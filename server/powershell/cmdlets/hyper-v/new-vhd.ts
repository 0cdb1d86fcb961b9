import { invalidArgument } from './machines.ts';
import { diskAction, numbersIn, pathIn } from './vhd-files.ts';

export const newVhd = diskAction({
  name: 'New-VHD',
  synopsis: 'Creates virtual hard disk files.',
  examples: [
    { line: 'New-VHD C:\\VHDs\\Data.vhdx -SizeBytes 60GB', about: 'A dynamic disk.' },
    { line: 'New-VHD C:\\VHDs\\Log.vhd -SizeBytes 8GB -Fixed', about: 'All of it at once.' },
    {
      line: 'New-VHD C:\\VHDs\\Child.vhdx -ParentPath C:\\VHDs\\Base.vhdx -Differencing',
      about: 'What is written goes to the child.',
    },
  ],
  known: [
    'SizeBytes',
    'ParentPath',
    'Dynamic',
    'Fixed',
    'Differencing',
    'BlockSizeBytes',
    'LogicalSectorSizeBytes',
    'PhysicalSectorSizeBytes',
  ],
  writes: true,
  *order(call, path) {
    const { bound, shell } = call;
    const parent = pathIn(call, 'ParentPath');
    const numbers = numbersIn(call, [
      ['SizeBytes', 'size'],
      ['BlockSizeBytes', 'blockSize'],
      ['LogicalSectorSizeBytes', 'logicalSectorSize'],
      ['PhysicalSectorSizeBytes', 'physicalSectorSize'],
    ]);
    for (const sector of ['logicalSectorSize', 'physicalSectorSize'])
      if (![undefined, 512, 4096].includes(numbers[sector])) {
        const message = 'The sector size of a virtual hard disk is 512 or 4096.';
        yield* shell.error(invalidArgument(call, message, path));
        return null;
      }
    const type = parent !== undefined ? 'Differencing' : bound.flag('Fixed') ? 'Fixed' : 'Dynamic';
    const args = { type, ...numbers, ...(parent === undefined ? {} : { parent }) };
    return { op: 'disk.create', args, result: path };
  },
});

import { expect, test } from 'vitest';
import { FAULTS, storageFault } from './fault.ts';

test('[ST17] faults of files and disks have the codes of Windows and its words', () => {
  expect(FAULTS).toEqual({
    FileNotFound: [0x80070002, 'The system cannot find the file specified.'],
    PathNotFound: [0x80070003, 'The system cannot find the path specified.'],
    AccessDenied: [0x80070005, 'Access is denied.'],
    SharingViolation: [
      0x80070020,
      'The process cannot access the file because it is being used by another process.',
    ],
    FileExists: [0x80070050, 'The file exists.'],
    DiskFull: [0x80070070, 'There is not enough space on the disk.'],
    NoQuota: [0x80070718, 'Not enough quota is available to process this command.'],
    ParentNotFound: [
      0xc03a000d,
      'The system could not find the parent virtual hard disk of the differencing disk.',
    ],
    ChainCorrupted: [
      0xc03a000e,
      'The chain of virtual hard disks is corrupted. There is a mismatch in the identifiers of the parent virtual hard disk and differencing disk.',
    ],
    InvalidSize: [0xc03a0012, 'The virtual disk size is not valid.'],
    FormatMismatch: [
      0xc03a0004,
      'The parent virtual hard disk and the differencing disk are not of the same format.',
    ],
  });
});

test('[ST17] the sentence carries the code in eight hexadecimal digits', () => {
  expect(storageFault('DiskFull', {})).toEqual({
    kind: 'DiskFull',
    code: 0x80070070,
    message: 'There is not enough space on the disk. (0x80070070)',
    data: {},
  });
});

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
      'The chain of virtual hard disks is broken. The system cannot locate the parent virtual hard disk for the differencing disk.',
    ],
    ChainCorrupted: [
      0xc03a000e,
      'The chain of virtual hard disks is corrupted. There is a mismatch in the identifiers of the parent virtual hard disk and differencing disk.',
    ],
    InvalidBlockSize: [
      0xc03a000b,
      'The system does not support this version of the virtual hard disk. The block size is invalid.',
    ],
    InvalidSize: [0xc03a0012, 'The size of the virtual hard disk is not valid.'],
    SizeMismatch: [
      0xc03a0017,
      'The chain of virtual hard disks is corrupted. There is a mismatch in the virtual sizes of the parent virtual hard disk and differencing disk.',
    ],
    ChainCycle: [
      0xc03a0018,
      'The chain of virtual hard disks is corrupted. A differencing disk is indicated in its own parent chain.',
    ],
    InvalidType: [
      0xc03a001b,
      'The requested operation cannot be performed on a virtual disk of this type.',
    ],
    WouldTruncateData: [
      0xc03a0025,
      'The requested resize operation could not be completed because it might truncate user data residing on the virtual disk.',
    ],
    NoMinimumSize: [
      0xc03a0026,
      "The requested operation could not be completed because the virtual disk's minimum safe size could not be determined.",
    ],
    AtMinimumSize: [
      0xc03a0027,
      "The requested operation could not be completed because the virtual disk's size cannot be safely reduced further.",
    ],
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

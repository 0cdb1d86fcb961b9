import type { Json } from '../../base/json.ts';
import type { Refusal } from '../../protocol/operation/index.ts';

/** Why a file or disk could not be had, with the HRESULT and the words of Windows. */
export const FAULTS = {
  FileNotFound: [0x8007_0002, 'The system cannot find the file specified.'],
  PathNotFound: [0x8007_0003, 'The system cannot find the path specified.'],
  AccessDenied: [0x8007_0005, 'Access is denied.'],
  SharingViolation: [
    0x8007_0020,
    'The process cannot access the file because it is being used by another process.',
  ],
  FileExists: [0x8007_0050, 'The file exists.'],
  DiskFull: [0x8007_0070, 'There is not enough space on the disk.'],
  NoQuota: [0x8007_0718, 'Not enough quota is available to process this command.'],
  ParentNotFound: [
    0xc03a_000d,
    'The chain of virtual hard disks is broken. The system cannot locate the parent virtual hard disk for the differencing disk.',
  ],
  ChainCorrupted: [
    0xc03a_000e,
    'The chain of virtual hard disks is corrupted. There is a mismatch in the identifiers of the parent virtual hard disk and differencing disk.',
  ],
  InvalidBlockSize: [
    0xc03a_000b,
    'The system does not support this version of the virtual hard disk. The block size is invalid.',
  ],
  InvalidSize: [0xc03a_0012, 'The size of the virtual hard disk is not valid.'],
  SizeMismatch: [
    0xc03a_0017,
    'The chain of virtual hard disks is corrupted. There is a mismatch in the virtual sizes of the parent virtual hard disk and differencing disk.',
  ],
  ChainCycle: [
    0xc03a_0018,
    'The chain of virtual hard disks is corrupted. A differencing disk is indicated in its own parent chain.',
  ],
  InvalidType: [
    0xc03a_001b,
    'The requested operation cannot be performed on a virtual disk of this type.',
  ],
  WouldTruncateData: [
    0xc03a_0025,
    'The requested resize operation could not be completed because it might truncate user data residing on the virtual disk.',
  ],
  NoMinimumSize: [
    0xc03a_0026,
    "The requested operation could not be completed because the virtual disk's minimum safe size could not be determined.",
  ],
  AtMinimumSize: [
    0xc03a_0027,
    "The requested operation could not be completed because the virtual disk's size cannot be safely reduced further.",
  ],
  FormatMismatch: [
    0xc03a_0004,
    'The parent virtual hard disk and the differencing disk are not of the same format.',
  ],
} as const satisfies Record<string, readonly [code: number, message: string]>;

export interface StorageFault extends Refusal {
  readonly kind: keyof typeof FAULTS;
}

export function storageFault(
  kind: StorageFault['kind'],
  data: { readonly [key: string]: Json },
): StorageFault {
  const [code, sentence] = FAULTS[kind];
  const hex = code.toString(16).toUpperCase().padStart(8, '0');
  return { kind, message: `${sentence} (0x${hex})`, code, data };
}

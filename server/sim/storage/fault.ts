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
    'The system could not find the parent virtual hard disk of the differencing disk.',
  ],
  ChainCorrupted: [
    0xc03a_000e,
    'The chain of virtual hard disks is corrupted. There is a mismatch in the identifiers of the parent virtual hard disk and differencing disk.',
  ],
  InvalidSize: [0xc03a_0012, 'The virtual disk size is not valid.'],
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

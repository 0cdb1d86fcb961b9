import type { GuestAccess } from '../hypervisor/access.ts';
import type { OperatingSystem } from './operating-system.ts';

// What stages ask of emulated devices. Ports are those of the chips' data sheets; how often is chosen,
// after what a boot of each kind reads from its disk and draws on its screen.

/** Equal accesses that follow one another. */
export interface AccessRow {
  readonly made: GuestAccess;
  readonly times: number;
}

const out = (port: number, value: number, size: 1 | 2 | 4 = 1): GuestAccess => ({
  type: 'IoPort',
  port,
  size,
  value,
});

const read = (port: number): GuestAccess => ({ type: 'IoPort', port, size: 1 });

/** Text mode: the page of the display in which a character and its colour stand. */
const SCREEN: GuestAccess = { type: 'Memory', page: 0xb8, how: 'write' };

/** Hyper-V's port for the BIOS's INT 13h: one write a request. */
const INT_13 = out(0x1e0, 0);

/** Specific end of interrupt, to the first 8259. */
export const END_OF_INTERRUPT = out(0x20, 0x20);

/** The BIOS sets up the chips, goes through PCI and looks for a second pair of serial ports. */
export const SELF_TEST: readonly AccessRow[] = [
  { made: out(0x20, 0x11), times: 8 },
  { made: out(0x43, 0x34), times: 4 },
  { made: read(0x71), times: 128 },
  { made: read(0x64), times: 40 },
  { made: out(0xcf8, 0x8000_0000, 4), times: 1200 },
  { made: read(0x3e8), times: 1 },
  { made: SCREEN, times: 160 },
  { made: read(0x1f7), times: 24 },
];

/** Kernel and boot drivers come in through the BIOS, 64 KB a request. */
export function loaderAccesses({ guestOsId }: OperatingSystem): readonly AccessRow[] {
  return guestOsId === null
    ? [
        { made: INT_13, times: 40 },
        { made: SCREEN, times: 80 },
      ]
    : [{ made: INT_13, times: 1000 }];
}

/**
 * A kernel that knows the hypervisor looks for its chips and soon needs none; one that does not has
 * nothing else, for all it reads, shows and waits for.
 */
export function kernelAccesses({ guestOsId }: OperatingSystem): readonly AccessRow[] {
  return guestOsId === null
    ? [
        { made: INT_13, times: 120 },
        { made: SCREEN, times: 2000 },
        { made: END_OF_INTERRUPT, times: 18 },
      ]
    : [
        { made: { type: 'Msr', msr: 0x8b }, times: 1 },
        { made: out(0x43, 0x34), times: 12 },
        { made: out(0xcf8, 0x8000_0000, 4), times: 300 },
        { made: read(0x1f7), times: 400 },
      ];
}

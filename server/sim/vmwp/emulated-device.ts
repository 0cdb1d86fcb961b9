import type { InterceptWanted } from '../vid/vid.ts';

// The chips of a generation 1 virtual machine, all emulated in its worker process: an access to one
// of their ports suspends the processor and comes here by way of the hypervisor and VID. Ports: the
// data sheets of a PC with Intel's 440BX and PIIX4; 0x1E0 and 0x160 are Hyper-V's own for the BIOS.

type Ports = readonly [first: number, last: number];

const CHIPS: { readonly [device: string]: readonly Ports[] } = {
  'dma-8237': [
    [0x00, 0x0f],
    [0x80, 0x8f],
    [0xc0, 0xdf],
  ],
  'pic-8259': [
    [0x20, 0x21],
    [0xa0, 0xa1],
    [0x4d0, 0x4d1],
  ],
  'pit-8254': [
    [0x40, 0x43],
    [0x61, 0x61],
  ],
  i8042: [
    [0x60, 0x60],
    [0x64, 0x64],
  ],
  'rtc-cmos': [[0x70, 0x71]],
  'piix4-pm': [
    [0xb2, 0xb3],
    [0x400, 0x43f],
  ],
  'piix4-ide': [
    [0x160, 0x160],
    [0x170, 0x177],
    [0x1e0, 0x1e0],
    [0x1f0, 0x1f7],
    [0x376, 0x376],
    [0x3f6, 0x3f6],
    [0xffa0, 0xffaf],
  ],
  'com2-16550': [[0x2f8, 0x2ff]],
  'vga-s3': [[0x3c0, 0x3df]],
  'floppy-82077': [
    [0x3f0, 0x3f5],
    [0x3f7, 0x3f7],
  ],
  'com1-16550': [[0x3f8, 0x3ff]],
  'pci-440bx': [[0xcf8, 0xcff]],
};

/** What a worker process has VID install for its devices, and for MSRs nobody virtualizes. */
export const DEVICE_INTERCEPTS: readonly InterceptWanted[] = [
  ...Object.entries(CHIPS).flatMap(([device, ranges]) =>
    ranges.map(([first, last]) => ({
      type: 'IoPort' as const,
      parameter: first,
      span: last - first + 1,
      device,
    })),
  ),
  { type: 'Msr', parameter: 0, device: 'processor' },
];

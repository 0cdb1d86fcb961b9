import { expect, test } from 'vitest';
import { DEVICE_INTERCEPTS } from './emulated-device.ts';

/** The I/O map of a PC of 440BX and PIIX4, once more by hand: what answers where. */
const MAP = `
0000-000F dma-8237
0020-0021 pic-8259
0040-0043 pit-8254
0060-0060 i8042
0061-0061 pit-8254
0064-0064 i8042
0070-0071 rtc-cmos
0080-008F dma-8237
00A0-00A1 pic-8259
00B2-00B3 piix4-pm
00C0-00DF dma-8237
0160-0160 piix4-ide
0170-0177 piix4-ide
01E0-01E0 piix4-ide
01F0-01F7 piix4-ide
02F8-02FF com2-16550
0376-0376 piix4-ide
03C0-03DF vga-s3
03F0-03F5 floppy-82077
03F6-03F6 piix4-ide
03F7-03F7 floppy-82077
03F8-03FF com1-16550
0400-043F piix4-pm
04D0-04D1 pic-8259
0CF8-0CFF pci-440bx
FFA0-FFAF piix4-ide`;

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

test('[WP12] ports of the emulated PC lie where its chips have them, and none lies twice', () => {
  const ports = DEVICE_INTERCEPTS.filter(({ type }) => type === 'IoPort');

  const map = ports
    .toSorted((a, b) => a.parameter - b.parameter)
    .map(
      ({ parameter, span = 1, device }) =>
        `${hex(parameter)}-${hex(parameter + span - 1)} ${device}`,
    );

  expect(map).toEqual(MAP.trim().split('\n'));
});

test('[WP12] beside ports a worker process wants MSRs, all of them at once, and nothing else', () => {
  expect(DEVICE_INTERCEPTS.filter(({ type }) => type !== 'IoPort')).toEqual([
    { type: 'Msr', parameter: 0, device: 'processor' },
  ]);
});

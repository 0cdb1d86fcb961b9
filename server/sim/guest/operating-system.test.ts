import { expect, test } from 'vitest';
import { seconds } from '../../protocol/time.ts';
import type { GuestSystem } from '../../protocol/lab-file.ts';
import { OPERATING_SYSTEMS } from './operating-system.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

test.each([
  ['ws2012', ['6.2.9200', '00010406020023f0', 9, '6.2.9200.16384']],
  ['ws2008r2', ['6.1.7601', '0001040601011db1', 9, '6.1.7601.17514']],
  ['msdos', ['6.22', null, 0, null]],
] as const)('[GU17] %s is known by %o', (key, known) => {
  const { version, guestOsId, processorArchitecture, components } = OPERATING_SYSTEMS[key];

  expect([version, guestOsId, processorArchitecture, components]).toEqual(known);
});

test.each<[GuestSystem, number[]]>([
  ['ws2012', [3, 700, 4, 900, 3, 800, 4, 900, 14, 600, 11, 10, 6, 400]],
  ['ws2008r2', [4, 700, 6, 900, 5, 800, 6, 900, 18, 650, 14, 15, 9, 400]],
  ['msdos', [1, 1000, 1, 1000, 0, 1000, 0, 1000, 0, 1000, 0, 1000]],
])('[GU18] phases of %s take their time and their share', (key, numbers) => {
  const os = OPERATING_SYSTEMS[key];
  const phases = [os.loader, os.kernel, os.drivers, os.specialise, os.services];

  const of = (phase: { duration: number; load: number }): number[] => [
    phase.duration / seconds(1),
    phase.load,
  ];
  expect([
    ...phases.flatMap(of),
    os.integrationServicesAfter / seconds(1),
    os.idleLoad,
    ...(os.shutDown === null ? [] : of(os.shutDown)),
  ]).toEqual(numbers);
});

test.each<[GuestSystem, number, number]>([
  ['ws2012', 32 * GIB, 8 * GIB],
  ['ws2008r2', 32 * GIB, 8 * GIB],
  ['msdos', 3 * MIB, 6 * MIB],
])('[GU19] %s installs on %i bytes and writes %i', (key, minimumDisk, installed) => {
  expect(OPERATING_SYSTEMS[key]).toMatchObject({ minimumDisk, installed });
});

import { expect, test } from 'vitest';
import { lookOf } from './look.ts';

test.each([
  ['nothing yet', undefined, 'black'],
  ['the name of the firmware', { phase: 'Firmware', screen: 'Hyper-V' }, 'firmware'],
  ['a question of the firmware', { phase: 'Firmware', screen: 'Press any key' }, 'text'],
  ['no boot device', { phase: 'NoBootDevice', screen: 'Boot failure.' }, 'text'],
  ['a system without windows', { phase: 'Ready', screen: 'C:\\>_', enlightened: false }, 'text'],
  ['a system with windows', { phase: 'Ready', screen: 'Press', enlightened: true }, 'sign-in'],
  ['its loader', { phase: 'Loader', screen: 'Loading', os: 'ws2012' }, 'booting'],
  ['the loader of another', { phase: 'Loader', screen: 'Starting', os: 'msdos' }, 'text'],
  ['its setup', { phase: 'Setup', screen: 'Installing', os: 'ws2012' }, 'setup'],
  ['its end', { phase: 'Crashed', screen: ':(', enlightened: true }, 'stopped'],
  ['a screen that is switched off', { phase: 'Ready', screen: '', enlightened: true }, 'black'],
] as const)('%s is drawn as such', (_, guest, look) => {
  expect(lookOf(guest)).toBe(look);
});

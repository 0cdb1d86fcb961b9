import type { GuestPhase } from '../../../server/protocol/record/vm.ts';
import type { Seen } from '../../state/lab-store.ts';

/** How a screen is drawn. What it says comes from the guest. */
export type Look =
  | 'black'
  | 'firmware'
  | 'text'
  | 'booting'
  | 'setup'
  | 'sign-in'
  | 'waiting'
  | 'stopped';

const WITH_WINDOWS: Readonly<Record<GuestPhase, Look>> = {
  PoweredOff: 'black',
  Firmware: 'firmware',
  NoBootDevice: 'text',
  Setup: 'setup',
  Loader: 'booting',
  Kernel: 'booting',
  Drivers: 'booting',
  Services: 'waiting',
  Ready: 'sign-in',
  ShuttingDown: 'waiting',
  Crashed: 'stopped',
  Frozen: 'sign-in',
};

/** Every other system writes text from its loader to its end. Which one it is, is known before it runs. */
const hasWindows = ({ os, enlightened }: Pick<Seen<'guest'>, 'enlightened' | 'os'>): boolean =>
  enlightened === true || (os ?? '').startsWith('ws');

export const lookOf = (
  guest: Pick<Seen<'guest'>, 'phase' | 'enlightened' | 'screen' | 'os'> | undefined,
): Look => {
  if (guest?.phase === undefined) return 'black';
  const look = WITH_WINDOWS[guest.phase];
  if ((guest.screen ?? '') === '') return 'black';
  // The BIOS writes its question about the DVD as text, below its name.
  if (look === 'firmware' && guest.screen !== 'Hyper-V') return 'text';
  return look === 'firmware' || hasWindows(guest) ? look : 'text';
};

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

/** A system that knows nothing of windows writes text from the loader to its end. */
const isGraphical = (look: Look): boolean => look !== 'black' && look !== 'firmware';

export const lookOf = (
  guest: Pick<Seen<'guest'>, 'phase' | 'enlightened' | 'screen'> | undefined,
): Look => {
  if (guest?.phase === undefined) return 'black';
  const look = WITH_WINDOWS[guest.phase];
  if ((guest.screen ?? '') === '') return 'black';
  // The BIOS writes its question about the DVD as text, below its name.
  if (look === 'firmware' && guest.screen !== 'Hyper-V') return 'text';
  return isGraphical(look) && guest.enlightened !== true && look !== 'setup' ? 'text' : look;
};

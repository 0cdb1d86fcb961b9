import type { GuestPhase } from '../../../server/protocol/record/vm.ts';
import type { Seen } from '../../state/lab-store.ts';

const TEXTS: Readonly<Record<GuestPhase, string>> = {
  PoweredOff: 'off',
  Firmware: 'the firmware looks for something to boot',
  NoBootDevice: 'the firmware found nothing to boot',
  Setup: 'Setup installs an operating system',
  Loader: 'the loader reads the kernel from the disk',
  Kernel: 'the kernel starts',
  Drivers: 'drivers start, and with them the integration components',
  Services: 'services start',
  Ready: 'ready, nobody is signed in',
  ShuttingDown: 'shutting down',
  Crashed: 'stopped by an error of its own',
  Frozen: 'does not answer any more',
};

/** Where a guest is on its way, in words. */
export const phaseText = ({
  phase,
  suspended,
}: Pick<Seen<'guest'>, 'phase' | 'suspended'>): string =>
  `${TEXTS[phase ?? 'PoweredOff']}${suspended ? ', suspended' : ''}`;

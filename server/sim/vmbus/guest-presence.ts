import type { Id } from '../../protocol/id.ts';
import type { GuestPhase } from '../../protocol/record/vm.ts';
import type { Turn } from '../engine/turn.ts';
import { connectionOf, guestOf, partitionOf } from './bus-id.ts';

/** Phases in which a system runs in the partition that answers interrupts of its bus. */
const LISTENS: { readonly [P in GuestPhase]: boolean } = {
  PoweredOff: false,
  Firmware: false,
  NoBootDevice: false,
  Setup: true,
  Loader: true,
  Kernel: true,
  Drivers: true,
  Services: true,
  Ready: true,
  ShuttingDown: true,
  Crashed: false,
  Frozen: false,
};

/**
 * *listening* takes what reaches it; *paused* lets it wait, since its processors stand; *absent* has
 * nobody who would ever read it: firmware, a stopped or hung system.
 */
export type Presence = 'listening' | 'paused' | 'absent';

export function presenceOf(turn: Turn, id: Id): Presence {
  if (turn.get('vmbus-connection', connectionOf(id))?.paused === true) return 'paused';
  const guest = turn.get('guest', guestOf(id));
  if (guest === undefined || !LISTENS[guest.phase]) return 'absent';
  // Before a system has its hypercall page it cannot have found the bus.
  const found = turn.get('partition', partitionOf(id))?.hypercallPage === true;
  return found ? 'listening' : 'absent';
}

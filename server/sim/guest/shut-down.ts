import type { Turn } from '../engine/turn.ts';
import type { Guest } from './guest.ts';
import { enter, stageOf, systemOf } from './guest.ts';

// How a guest ends of its own accord: by shutting down, or by stopping with a bug check.

/** Whether a system runs in it that can power its virtual machine off. */
export function canShutDown(guest: Guest): boolean {
  return isUp(guest) && systemOf(guest).shutDown !== null;
}

/** Whether a system is loaded at all, so that it may crash or hang. */
export function isUp(guest: Guest): boolean {
  const stage = stageOf(guest);
  return (
    guest.os !== null &&
    !guest.suspended &&
    !['loader', 'shutting-down', 'soft-off', 'dump', 'frozen'].includes(stage)
  );
}

/** Closes its services and asks the chipset for S5. A second request changes nothing. */
export function shutDownGuest(turn: Turn, guest: Guest, by: 'host' | 'guest'): void {
  if (!canShutDown(guest)) return;
  turn.patch('guest', guest.id, { shutDownBy: by });
  enter(turn, guest.id, 'shutting-down');
}

/** Windows writes a dump and restarts; what has no dump stands still with its interrupts off. */
export function crashGuest(turn: Turn, guest: Guest): void {
  enter(turn, guest.id, systemOf(guest).guestOsId === null ? 'frozen' : 'dump');
}

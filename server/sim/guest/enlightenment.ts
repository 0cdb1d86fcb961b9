import type { Turn } from '../engine/turn.ts';
import { enlighten } from '../hypervisor/enlighten.ts';
import { partitionOf } from '../vmbus/bus-id.ts';
import type { Guest } from './guest.ts';
import { systemOf, tellOf } from './guest.ts';

/** A kernel that knows the hypervisor makes itself known to it; any other never looks. */
export function discoverHypervisor(turn: Turn, guest: Guest): void {
  const { guestOsId } = systemOf(guest);
  if (guestOsId === null) return;
  turn.patch('guest', guest.id, { enlightened: true });
  tellOf(turn, guest, 'The kernel asks CPUID whether a hypervisor is present');
  enlighten(turn, partitionOf(guest.id), { as: 'guest', osId: BigInt(`0x${guestOsId}`) });
}

import type { Id, VmId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { queryKvp } from '../devices/integration-service.ts';
import type { Turn } from '../engine/turn.ts';
import { addressFor, hasDhcp } from '../network/address.ts';
import { DHCP_LEASE, LINK_LOCAL } from '../network/duration.ts';
import type { Guest } from './guest.ts';
import { tellOf } from './guest.ts';

// The guest's network stack: an adapter that has its driver and a link asks DHCP for an address, or
// takes one of its own where nobody answers. A network gives the same adapter the same address again.

export interface AddressDue {
  readonly type: 'AddressDue';
  readonly adapter: Id<'network-adapter'>;
}

type Adapter = RecordOf<'network-adapter'>;

/** Asks for every adapter that could have an address and has none. */
export function configureNetwork(turn: Turn, guest: Guest): void {
  if (guest.suspended) return;
  for (const adapter of turn.where('network-adapter', 'vm', guest.vm)) {
    const { virtualSwitch } = adapter;
    if (virtualSwitch === null || !lacksAddress(turn, adapter)) continue;
    const span = hasDhcp(turn, virtualSwitch) ? DHCP_LEASE : LINK_LOCAL;
    const message: AddressDue = { type: 'AddressDue', adapter: adapter.id };
    turn.send(guest.id, { ...message }, span);
  }
}

/** DHCP has answered, or has not in time. */
export function takeAddress(turn: Turn, guest: Guest, id: Id<'network-adapter'>): void {
  const adapter = turn.get('network-adapter', id);
  // Paused, unplugged or moved meanwhile: what set it going again has asked anew.
  if (adapter === undefined || guest.suspended || !lacksAddress(turn, adapter)) return;
  const { virtualSwitch, leases, name } = adapter;
  if (virtualSwitch === null) return;
  const ipAddress = leases[virtualSwitch] ?? addressFor(turn, id);
  if (ipAddress === null) return;
  turn.patch('network-adapter', id, {
    ipAddress,
    leases: { ...leases, [virtualSwitch]: ipAddress },
  });
  tellOf(turn, guest, `${name} has the address ${ipAddress}`);
  queryKvp(turn, guest.vm);
}

/** The link of one of its adapters came or went. */
export function linkChanged(turn: Turn, vm: VmId): void {
  const guest = turn.where('guest', 'vm', vm).at(0);
  if (guest !== undefined) configureNetwork(turn, guest);
}

function lacksAddress(turn: Turn, { vm, connected, ipAddress, instanceId }: Adapter): boolean {
  if (!connected || ipAddress !== null) return false;
  const channel = turn
    .where('vmbus-channel', 'vm', vm)
    .find(each => each.instanceId === instanceId);
  return channel?.deviceState === 'Ready';
}

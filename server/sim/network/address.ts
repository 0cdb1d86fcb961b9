import { assert } from '../../base/assert.ts';
import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';

// IPv4 addresses of guests. The lab's network answers DHCP, so an adapter on an external switch gets
// a lease; on an internal or private switch nobody answers, and Windows takes an address of its own.

/** 10.0.0.0/8. */
const NETWORK = 0x0a00_0000;

/** Addresses of one switch, behind the block that hosts are in. */
const BLOCK = 2048;

/** The address the guest's network stack comes to, or null while its adapter is not connected. */
export function addressFor(turn: Turn, adapter: Id<'network-adapter'>): string | null {
  const { connected, virtualSwitch, ipAddress } = turn.must('network-adapter', adapter);
  if (!connected || virtualSwitch === null) return null;
  if (ipAddress !== null) return ipAddress;
  const { id, nextAddress, scope } = turn.must('virtual-switch', virtualSwitch);
  if (!hasDhcp(turn, id)) return linkLocal(turn, adapter);
  assert(scope < 8191, 'a lab has fewer switches than blocks');
  turn.patch('virtual-switch', id, {
    nextAddress: nextAddress + 1 < BLOCK ? nextAddress + 1 : 10,
  });
  return dotted(NETWORK + (scope + 1) * BLOCK + nextAddress);
}

/** Whether a guest on this switch reaches the lab's DHCP server. */
export function hasDhcp(turn: Turn, id: RecordOf<'virtual-switch'>['id']): boolean {
  const { type, physicalNic } = turn.must('virtual-switch', id);
  if (type !== 'External' || physicalNic === null) return false;
  return turn.get('physical-nic', physicalNic)?.linkUp === true;
}

/** RFC 3927: 169.254.1.0 to 169.254.254.255, chosen by the adapter's own dice. */
function linkLocal(turn: Turn, adapter: Id<'network-adapter'>): string {
  const third = turn.drawBetween('network-adapter', adapter, 1, 254);
  const fourth = turn.drawBetween('network-adapter', adapter, 0, 255);
  return `169.254.${third}.${fourth}`;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => (address >>> shift) & 0xff).join('.');
}

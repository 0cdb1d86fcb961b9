import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, Id } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { NetworkFault } from './fault.ts';
import { macPoolExhausted } from './fault.ts';

// Dynamic MAC addresses: 00-15-5D, the last two octets of the host's IPv4 address when the role was
// installed, and one byte that counts, so a host has 256 of them.

/** What an adapter has before its virtual machine first starts. */
export const NO_MAC = '00-00-00-00-00-00';

const POOL = 256;

function prefixOf(address: string): string {
  const octets = address.split('.').slice(2).map(Number);
  return ['00', '15', '5D', ...octets.map(hex)].join('-');
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** An address of the host's pool that no adapter has, beginning where the last search ended. */
export function nextMac(turn: Turn, host: HostId): Result<string, NetworkFault> {
  const { address, nextMac: first } = turn.must('host', host);
  const prefix = prefixOf(address);
  const taken = new Set(turn.where('network-adapter', 'host', host).map(adapter => adapter.mac));
  for (let tried = 0; tried < POOL; tried += 1) {
    const byte = (first + tried) % POOL;
    const mac = `${prefix}-${hex(byte)}`;
    if (taken.has(mac)) continue;
    turn.patch('host', host, { nextMac: (byte + 1) % POOL });
    return ok(mac);
  }
  return fail(macPoolExhausted({ host, prefix }));
}

/** At the start of a virtual machine: an adapter with a dynamic address gets one if it has none. */
export function assignMac(
  turn: Turn,
  adapter: Id<'network-adapter'>,
): Result<string, NetworkFault> {
  const { host, mac, dynamicMac } = turn.must('network-adapter', adapter);
  if (!dynamicMac || mac !== NO_MAC) return ok(mac);
  const chosen = nextMac(turn, host);
  if (chosen.ok) turn.patch('network-adapter', adapter, { mac: chosen.value });
  return chosen;
}

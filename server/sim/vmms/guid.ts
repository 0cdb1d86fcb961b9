import type { HostId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

/** A new GUID in lower case, version 4, from the dice of the host whose VMMS makes it. */
export function newGuid(turn: Turn, host: HostId): string {
  const words = [0, 1, 2, 3].map(() => turn.draw('host', host).toString(16).padStart(8, '0'));
  const hex = words.join('');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3] as string;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ].join('-');
}

import { address } from '../../base/prng.ts';

/**
 * A GUID that belongs to one device of a virtual machine and stays the same for its life: the virtual
 * machine's own in the first half, the device's place in the second. Hyper-V keeps a random one in
 * the configuration; nothing reads a meaning from it (chosen).
 */
export function deviceGuid(vmGuid: string, place: string): string {
  const words = [`${place}/${vmGuid}`, `${vmGuid}/${place}`].map(text =>
    address(text).toString(16).padStart(8, '0'),
  );
  const tail = words.join('');
  return `${vmGuid.slice(0, 18)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

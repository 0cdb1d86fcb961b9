/** The first packets of a channel are all kept; of later ones, fewer the more there are. */
const KEPT_WHOLE = 64;

/**
 * One in how many packets is kept around the n-th of a channel (from 0): 1 for the first 64, then
 * doubling with the number, so that each doubling keeps 32 more. 0 says this one is not kept.
 */
export function sampleRate(packet: number): number {
  if (packet < KEPT_WHOLE) return 1;
  const rate = 1 << (31 - Math.clz32(packet) - 5);
  return packet % rate === 0 ? rate : 0;
}

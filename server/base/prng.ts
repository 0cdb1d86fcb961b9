/**
 * Dice that are addressed, not consumed from a stream: the n-th draw of an entity depends on the
 * seed, the entity and n alone, so a new entity never disturbs its neighbours' dice.
 */
export function draw(seed: number, entity: number, n: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(entity, 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) + Math.imul(n + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  return (x ^ (x >>> 15)) >>> 0;
}

/** A 32-bit address of a text, for {@link draw}'s seed and entity. */
export function address(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}

import type { Image } from '../sim/engine/image.ts';
import type { Cancel, Wall } from './wall.ts';

/** Of the largest labs one takes some tens of megabytes. */
const KEPT = 6;

/** Whoever looks back looks at more than one moment. */
const KEPT_MS = 60_000;

interface Held {
  readonly image: Promise<Image>;
  cancel: Cancel;
}

/** Whole keyframes that were read lately, for the looks that need the same one again. */
export class KeptImages {
  readonly #wall: Wall;
  /** The one used last is last. */
  readonly #held = new Map<string, Held>();

  constructor(wall: Wall) {
    this.#wall = wall;
  }

  get(key: string, read: () => Promise<Image>): Promise<Image> {
    const held = this.#held.get(key);
    held?.cancel();
    this.#held.delete(key);
    const image = held?.image ?? read();
    const one: Held = { image, cancel: this.#wall.after(KEPT_MS, () => this.#forget(key, one)) };
    this.#held.set(key, one);
    // What could not be read may be there the next time.
    image.catch(() => this.#forget(key, one));
    for (const [oldest, other] of this.#held) {
      if (this.#held.size <= KEPT) break;
      this.#forget(oldest, other);
    }
    return image;
  }

  #forget(key: string, held: Held): void {
    held.cancel();
    if (this.#held.get(key) === held) this.#held.delete(key);
  }
}

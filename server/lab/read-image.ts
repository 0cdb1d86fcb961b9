import type { Image } from '../sim/engine/image.ts';
import { hashedImageOf, imageOf, imageWith } from './keyframe-form.ts';
import type { Keyframe } from './port.ts';
import type { Surroundings } from './surroundings.ts';

type Reading = Pick<Surroundings, 'store' | 'unpack' | 'images'>;

/** The image that a keyframe holds, itself or together with the one that it is the changes to. */
export async function readImage(around: Reading, keyframe: Keyframe): Promise<Image> {
  const { store, unpack, images } = around;
  const { branch, turn, simulation, base, bytes } = keyframe;
  const keyOf = (whole: number): string => `${branch} ${whole} ${simulation}`;
  if (base === null) {
    return images.get(`${keyOf(turn)} ${keyframe.hash}`, async () => imageOf(await unpack(bytes)));
  }
  const whole = images.get(keyOf(base), async () => {
    const found = await store.wholeKeyframe(branch, base, simulation);
    if (found === null) throw new Error(`the keyframe of turn ${base} is gone`);
    return hashedImageOf(await unpack(found));
  });
  return imageWith(await whole, await unpack(bytes));
}

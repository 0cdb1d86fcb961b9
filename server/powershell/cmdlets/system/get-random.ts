import { address, draw } from '../../../base/prng.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from '../core/per-call.ts';

const MOST = 2_147_483_647;

const objects = perCall((): Value[] => []);

/** Numbers drawn in each lab so far: the same lines give the same numbers. */
const drawn = new WeakMap<object, number>();

const die = ({ shell }: Call, faces: number): number => {
  const key = shell.lab;
  const count = (drawn.get(key) ?? 0) + 1;
  drawn.set(key, count);
  return draw(address(`${shell.computer} random`), address('random'), count) % Math.max(1, faces);
};

export const getRandom: Cmdlet = {
  name: 'Get-Random',
  synopsis: 'Picks a number, or some of the objects it is given.',
  examples: [{ line: 'Get-VM | Get-Random | Start-VM', about: 'Any one machine.' }],
  *process(call) {
    objects(call).push(...(call.bound.values('InputObject') ?? []));
  },
  *end(call) {
    const { bound, shell } = call;
    const all = objects(call);
    if (all.length === 0) {
      const least = bound.number('Minimum') ?? 0;
      const most = bound.number('Maximum') ?? MOST;
      return yield* shell.write(Math.floor(least) + die(call, Math.floor(most - least)));
    }
    const count = Math.min(bound.number('Count') ?? 1, all.length);
    for (let picked = 0; picked < count; picked += 1) {
      const [one = null] = all.splice(die(call, all.length), 1);
      yield* shell.write(one);
    }
  },
};

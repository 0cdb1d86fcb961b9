import { expect, test } from 'vitest';
import { aLab } from '../../test/fixture/lab.ts';
import type { SimTime } from '../protocol/time.ts';
import { seconds } from '../protocol/time.ts';
import { type Image, load, save, stampedHash, type StoredRow } from '../sim/engine/image.ts';
import { Machine } from '../sim/engine/machine.ts';
import { SIMULATION } from '../sim/simulation.ts';
import { formOfChanges, formOfImage, formOfWorld, imageOf, imageWith } from './keyframe-form.ts';

const SEED = 'bench';

const stored = <T>(form: T): T => JSON.parse(JSON.stringify(form)) as T;

/** Rows of an image in one order: a keyframe owes none. */
const inOrder = (image: Image): Image => ({
  ...image,
  records: Object.fromEntries(
    Object.entries(image.records)
      .map(([kind, rows]): [string, readonly StoredRow[]] => [kind, rows ?? []])
      .filter(([, rows]) => rows.length > 0)
      .map(([kind, rows]) => [kind, rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))]),
  ),
});

const aMachine = () => {
  const lab = aLab({ seed: SEED, vms: { Web: {}, Db: {}, Old: { disk: 'empty' } } });
  lab.boot('Web');
  lab.vmDo('vm.start', 'Db');
  lab.pass(7);
  const machine = new Machine(load(save(lab.world, SEED)), SIMULATION);
  let seq = 100;
  const run = (op: string, name: string, span: number): void => {
    const args = { vm: lab.vm(name).id };
    machine.apply({ seq: (seq += 1), at: machine.now, person: null, op, args });
    machine.advance((machine.now + seconds(span)) as SimTime);
  };
  return { machine, world: machine.world, run };
};

test('a whole state is the same after it was kept', () => {
  const { world } = aMachine();
  const image = inOrder(save(world, SEED));

  const kept = [formOfWorld(world, SEED), formOfImage(image)].map(form => imageOf(stored(form)));

  expect(kept.map(inOrder)).toEqual([image, image]);
});

test('a whole state and the changes to it are the later state, with rows made, changed and gone', () => {
  const { world, run } = aMachine();
  const whole = imageOf(stored(formOfWorld(world, SEED)));

  run('vm.turnOff', 'Db', 5);
  run('vm.delete', 'Old', 1);
  run('vm.start', 'Db', 20);
  const { forProjection } = world.records;
  const changes = stored(formOfChanges(world, SEED, forProjection, whole.turn));
  const later = imageWith(whole, changes);

  expect(inOrder(later)).toEqual(inOrder(save(world, SEED)));
  expect(stampedHash(load(later))).toBe(stampedHash(world));
  expect(Object.values(changes.gone).flat().length).toBeGreaterThan(0);
  const kept = JSON.stringify(changes.records).length;
  expect(kept).toBeLessThan(JSON.stringify(formOfWorld(world, SEED).records).length);
});

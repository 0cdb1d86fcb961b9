import { must } from '../base/assert.ts';
import type { RecordOf } from '../protocol/record/index.ts';
import { recordOf } from '../sim/engine/record-store.ts';
import type { World } from '../sim/engine/world.ts';

export function clockOf(world: World): RecordOf<'clock'> {
  return recordOf<'clock'>(must(world.records.row('clock', 'clock:lab'), 'a lab has its clock'));
}

/** Thousandths at which lab time runs now; 0 while paused or asleep. */
export function speedOf(world: World): number {
  const { running, sleeping, speed } = clockOf(world);
  return running && !sleeping ? speed : 0;
}

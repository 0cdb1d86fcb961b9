import type { Audience } from '../protocol/field.ts';
import type { WireRecord } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { Image } from '../sim/engine/image.ts';
import { load } from '../sim/engine/image.ts';
import type { Mark } from '../sim/engine/machine.ts';
import { Machine } from '../sim/engine/machine.ts';
import { World } from '../sim/engine/world.ts';
import type { SimTime } from '../protocol/time.ts';
import type { JournaledInput, LabStore, Moment, Opened } from './port.ts';
import type { Blueprint } from './recovery.ts';
import { ScopeGroup, rowsOf } from './scope-group.ts';
import type { Wall } from './wall.ts';

/** Turns replayed in one go, some 5 ms, before the living labs of the thread get their share. */
const SLICE_TURNS = 1_500;

export interface Past {
  readonly machine: Machine;
  readonly seed: string;
  /** The last input it includes. */
  readonly seq: number;
  /** Marks passed on the way. */
  readonly marks: readonly Mark[];
}

export interface Archive {
  readonly store: LabStore;
  readonly blueprint: Blueprint;
  readonly wall: Wall;
  readonly unpack: (bytes: Uint8Array) => Image;
}

/** The lab as it was: the nearest keyframe, then the inputs and timers after it, in slices. */
export async function viewAt(archive: Archive, opened: Opened, moment: Moment): Promise<Past> {
  const { store, blueprint } = archive;
  const keyframe = await store.keyframe(opened.branch, moment);
  const seed = blueprint.seedOf(opened.file);
  const world = keyframe === null ? new World(seed) : load(archive.unpack(keyframe.bytes));
  const machine = new Machine(world, blueprint.simulation);
  if (keyframe === null) {
    machine.found(turn => blueprint.found(turn, opened.file));
    world.checkpoint();
  }
  let seq = keyframe?.seq ?? 0;
  for (const input of await store.inputsAfter(opened.branch, seq, moment)) {
    if (!isWithin(input, moment)) break;
    seq = input.seq;
    if (input.poisoned) continue;
    while (!machine.advance(input.at, SLICE_TURNS)) await breathe(archive.wall);
    machine.apply(input);
  }
  if ('turn' in moment) {
    while (!machine.advanceToTurn(moment.turn, SLICE_TURNS)) await breathe(archive.wall);
  } else if (moment.at > machine.now) {
    while (!machine.advance(moment.at as SimTime, SLICE_TURNS)) await breathe(archive.wall);
  }
  return { machine, seed, seq, marks: machine.marks };
}

function isWithin(input: JournaledInput, moment: Moment): boolean {
  return 'turn' in moment ? input.turn <= moment.turn : input.at <= moment.at;
}

async function breathe(wall: Wall): Promise<void> {
  await new Promise<void>(resolve => wall.soon(resolve));
}

/** What a screen of that moment shows of a scope. */
export function recordsOf(past: Past, scope: Scope, audience: Audience): WireRecord[] {
  const { world } = past.machine;
  const group = new ScopeGroup(scope, audience, world);
  const records: WireRecord[] = [];
  for (const row of rowsOf(world, scope, audience)) {
    const values = group.values(row);
    if (values !== null) records.push([row.id, row.rev, row.cause, values]);
  }
  return records;
}

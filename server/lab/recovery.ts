import { assert } from '../base/assert.ts';
import type { Turn } from '../sim/engine/turn.ts';
import { load, loadUnprojected, stampedHash } from '../sim/engine/image.ts';
import { Machine } from '../sim/engine/machine.ts';
import type { Simulation } from '../sim/engine/handler.ts';
import { World } from '../sim/engine/world.ts';
import type { Opening } from './opening.ts';
import type { JournaledInput } from './port.ts';
import { clockOf } from './clock-record.ts';

export interface Blueprint {
  readonly simulation: Simulation;
  /** Builds the first state of a lab from the text of its lab file. */
  readonly found: (turn: Turn, file: string) => void;
  /** The seed named in the lab file. */
  readonly seedOf: (file: string) => string;
}

export interface Recovered {
  readonly machine: Machine;
  readonly seed: string;
  readonly seq: number;
  /** What does not agree with the journal, in one sentence each; empty in a healthy lab. */
  readonly differences: readonly string[];
  /** The rows are others than the lab had left: no replay of what was before them gives what is now. */
  readonly isElse: boolean;
  /** What was thrown on the way: the machine stands half way through a turn. Null in a healthy lab. */
  readonly failure: { readonly cause: unknown } | null;
}

/**
 * Rows, then the inputs after them, then on to the committed promise: whatever anyone has seen has
 * happened again, and nothing that was seen is taken back.
 */
export function recover(
  opened: Opening,
  blueprint: Blueprint,
  begun: (machine: Machine) => void,
): Recovered {
  const { image, begin } = opened;
  const differences: string[] = [];
  const seed = (image ?? begin)?.seed ?? blueprint.seedOf(opened.file);
  const world =
    image !== null ? load(image) : begin !== null ? loadUnprojected(begin) : new World(seed);
  const machine = new Machine(world, blueprint.simulation);
  if (image !== null) {
    const different = differenceOfRows(stampedHash(world), image.stateHash);
    if (different !== null) differences.push(different);
  } else if (begin === null) {
    machine.found(turn => blueprint.found(turn, opened.file));
    world.checkpoint();
  }
  const isElse = differences.length > 0;
  begun(machine);
  let failure: Recovered['failure'] = null;
  try {
    replay(machine, opened.inputs, differences);
    const { running, sleeping } = clockOf(world);
    if (running && !sleeping && opened.promised > machine.now) machine.advance(opened.promised);
  } catch (cause) {
    failure = { cause };
  }
  if (image === null) forgetShared(machine, opened.shared);
  const seq = opened.inputs.at(-1)?.seq ?? opened.journaledSeq;
  return { machine, seed, seq, differences: [...opened.notes, ...differences], isElse, failure };
}

/** What happened before the branch went on by itself is written already, as its parent's. */
function forgetShared(machine: Machine, shared: number): void {
  const { world } = machine;
  world.factsForProjection = world.factsForProjection.filter(({ turn }) => turn > shared);
  machine.marks = machine.marks.filter(({ turn }) => turn >= shared);
}

function differenceOfRows(found: string, left: string): string | null {
  if (found === left) return null;
  const [how, before] = [found, left].map(hash => hash.split(' by ')[1]);
  return how === before
    ? `rows were changed outside the lab: their hash is ${found}, the lab had left ${left}`
    : `rows are hashed in another way since the lab was left (${left}): nobody knows whether they were changed`;
}

/** Applies journaled inputs again, and names the first whose hash is another than it was. */
export function replay(
  machine: Machine,
  inputs: readonly JournaledInput[],
  differences: string[],
): void {
  const silent = differences.length > 0;
  for (const input of inputs) {
    if (input.poisoned) continue;
    const { seq, at, person, op, args } = input;
    assert(at >= machine.now, `input ${seq} lies before the rows it follows`);
    const applied = machine.apply({ seq, at, person, op, args });
    if (applied.hash !== input.hash && !silent && differences.length === 0) {
      differences.push(
        `input ${seq} (${op}, turn ${input.turn}) came to hash ${applied.hash}, it was ${input.hash}`,
      );
    }
  }
}

import { fail, ok, type Result } from '../base/result.ts';
import type { Audience } from '../protocol/field.ts';
import type { BranchId } from '../protocol/id.ts';
import type { WireRecord } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { load } from '../sim/engine/image.ts';
import type { Mark } from '../sim/engine/machine.ts';
import { Machine } from '../sim/engine/machine.ts';
import { World } from '../sim/engine/world.ts';
import type { SimTime } from '../protocol/time.ts';
import type { JournaledInput, Kept, Moment } from './port.ts';
import { readImage } from './read-image.ts';
import { type Gauge, ScopeGroup, rowsOf } from './scope-group.ts';
import type { Surroundings } from './surroundings.ts';

/** Turns replayed in one go, some 5 ms, before the living labs of the thread get their share. */
const SLICE_TURNS = 200;

export interface Past {
  readonly machine: Machine;
  readonly seed: string;
  /** The version of the simulation that made it. */
  readonly simulation: number;
  /** Marks passed on the way. */
  readonly marks: readonly Mark[];
  /** The last live mark on the way, to compare with. */
  readonly mark: Mark | null;
  /** Why it is not the very moment that was asked for, but the nearest one that was kept. */
  readonly note: string | null;
  /** Whether the inputs up to its turn give it again; not within a step of the clock. */
  readonly isReplayed: boolean;
}

/** What of a lab is looked at: the lab itself, or a branch of it. */
export interface Line {
  readonly branch: BranchId;
  readonly file: string;
}

export type Archive = Pick<
  Surroundings,
  'store' | 'blueprint' | 'wall' | 'pack' | 'unpack' | 'images'
>;

/**
 * The lab as it was: the nearest state that was kept, then the inputs and timers after it, in slices.
 * What another version of the simulation moved is not gone through again.
 */
export async function viewAt(
  archive: Archive,
  line: Line,
  moment: Moment,
): Promise<Result<Past, string>> {
  const { simulation } = archive.blueprint;
  const kept = await archive.store.kept(line.branch, moment, simulation.version);
  if (kept === null) return fail('The lab was not there yet.');
  if (kept.segment.simulation !== simulation.version) return landOn(archive, kept, moment);
  const { machine, seed } = await begin(archive, line, kept);
  const from = kept.keyframe?.seq ?? kept.segment.seq;
  const isReplayed = await replayTo({ archive, machine, branch: line.branch }, from, moment);
  const { marks } = machine;
  const { mark } = kept;
  return ok({ machine, seed, simulation: simulation.version, marks, mark, note: null, isReplayed });
}

async function begin(
  archive: Archive,
  line: Line,
  { keyframe }: Kept,
): Promise<{ readonly machine: Machine; readonly seed: string }> {
  const { blueprint } = archive;
  if (keyframe !== null) {
    const image = await readImage(archive, keyframe);
    return { machine: new Machine(load(image), blueprint.simulation), seed: image.seed };
  }
  const seed = blueprint.seedOf(line.file);
  const machine = new Machine(new World(seed), blueprint.simulation);
  machine.found(turn => blueprint.found(turn, line.file));
  machine.world.checkpoint();
  return { machine, seed };
}

interface Replay {
  readonly archive: Archive;
  readonly machine: Machine;
  readonly branch: BranchId;
}

/** False when it ends within an input that takes time. */
async function replayTo(replay: Replay, from: number, moment: Moment): Promise<boolean> {
  const { archive, machine, branch } = replay;
  const inputs = await archive.store.inputsAfter(branch, from, moment);
  let isWhole = true;
  for (const input of inputs) {
    if (input.poisoned) continue;
    await advance(replay, input.at);
    const applied = machine.apply(input, 'at' in moment ? moment : {});
    isWhole = applied.turn === input.turn;
  }
  if ('turn' in moment) return reachTurn(replay, inputs.at(-1)?.seq ?? from, moment.turn);
  if (moment.at > machine.now) await advance(replay, moment.at);
  return isWhole;
}

/** The end of a turn of the agenda, or of one within a step of the clock. */
async function reachTurn(replay: Replay, seq: number, turn: number): Promise<boolean> {
  const { archive, machine, branch } = replay;
  if (machine.turn === turn) return true;
  const step = await stepAfter(archive, branch, seq);
  if (step !== null) {
    while (machine.turn < turn && machine.nextDue <= step.at)
      machine.advanceToTurn(machine.turn + 1);
    if (machine.turn < turn) {
      machine.apply(step, { turn });
      return false;
    }
  }
  while (!machine.advanceToTurn(turn, SLICE_TURNS)) await breathe(archive);
  return true;
}

/** The input after `seq`, when it is a step that was carried out. */
async function stepAfter(
  archive: Archive,
  branch: BranchId,
  seq: number,
): Promise<JournaledInput | null> {
  const next = await archive.store.nextInput(branch, seq);
  return next?.op === 'clock.step' && next.result.ok && !next.poisoned ? next : null;
}

async function advance({ archive, machine }: Replay, to: SimTime): Promise<void> {
  while (!machine.advance(to, SLICE_TURNS)) await breathe(archive);
}

async function breathe({ wall }: Archive): Promise<void> {
  await new Promise<void>(resolve => wall.soon(resolve));
}

/** What another version made is shown as it was kept, and only that. */
async function landOn(
  archive: Archive,
  { keyframe, segment }: Kept,
  moment: Moment,
): Promise<Result<Past, string>> {
  const { blueprint } = archive;
  const { simulation } = segment;
  const why =
    `Simulation ${simulation} moved the lab then; this server has simulation ` +
    `${blueprint.simulation.version} and cannot go through it again`;
  if (keyframe === null) return fail(`${why}, and no state before that moment was kept.`);
  const { turn } = keyframe;
  try {
    const image = await readImage(archive, keyframe);
    const machine = new Machine(load(image), blueprint.simulation);
    const isThere = 'turn' in moment ? moment.turn === turn : moment.at === keyframe.at;
    const note = isThere ? null : `${why}: this is turn ${turn}, the last before it that was kept.`;
    const { seed } = image;
    return ok({ machine, seed, simulation, marks: [], mark: null, note, isReplayed: false });
  } catch {
    return fail(`${why}, nor read what was kept of turn ${turn}.`);
  }
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

/** The counters of those records. */
export function countersOf(past: Past, scope: Scope, audience: Audience): Gauge[] {
  const { world } = past.machine;
  const group = new ScopeGroup(scope, audience, world);
  group.gaugeAll(world);
  return group.takeGauges();
}

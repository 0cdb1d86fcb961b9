import { assert, must } from '../../base/assert.ts';
import type { Json } from '../../base/json.ts';
import type { Id, PersonId } from '../../protocol/id.ts';
import { kindOf } from '../../protocol/id.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import type { SimTime } from '../../protocol/time.ts';
import { seconds } from '../../protocol/time.ts';
import type { Handler, OperationHandler, Simulation } from './handler.ts';
import type { Pending } from './agenda.ts';
import { SHAPES } from './row.ts';
import { Turn } from './turn.ts';
import type { World } from './world.ts';

/** One operation on its way into the machine. */
export interface Input {
  /** Counts the inputs of a branch without gaps. */
  readonly seq: number;
  readonly at: SimTime;
  readonly person: PersonId | null;
  readonly op: string;
  readonly args: Json;
}

/** What an input came to: its turn, its answer, the rolling hash after it. */
export interface Applied {
  readonly turn: number;
  readonly result: OperationResult;
  readonly hash: string;
}

/** Characters of an argument that its fact tells: of a file's text, the beginning. */
const TOLD = 300;

const toldArgs = (args: Json): Json =>
  args !== null && typeof args === 'object' && !Array.isArray(args)
    ? Object.fromEntries(
        Object.entries(args).map(([name, value]) => [
          name,
          typeof value === 'string' && value.length > TOLD ? `${value.slice(0, TOLD)}…` : value,
        ]),
      )
    : args;

/** A rolling hash kept every ten lab seconds, so that a replay can be compared. */
export interface Mark {
  readonly turn: number;
  readonly at: SimTime;
  readonly hash: string;
}

/** Where an input that takes time is left, before its own end. */
export interface Stop {
  readonly turn?: number;
  readonly at?: number;
}

/** More turns than this in one instant is a loop, not a lab. */
const TURNS_IN_ONE_INSTANT = 100_000;

const MARK_EVERY = seconds(10);

/** How far `clock.step` looks for the next fact or job step. */
const STEP_HORIZON = seconds(600);

/**
 * A lab as a deterministic machine: the same world and inputs give the same facts and records,
 * byte for byte. It moves only in `advance` and `apply`, which are the same live and in replay.
 */
export class Machine {
  readonly world: World;
  /** By the position of the kind of record they receive for. */
  readonly #handlers: (Handler | undefined)[] = [];
  readonly #operations: { readonly [name: string]: OperationHandler<never> };
  readonly #turn: Turn;
  #turnsThisInstant = 0;
  marks: Mark[] = [];
  #nextMark: number;

  constructor(world: World, simulation: Simulation) {
    this.world = world;
    for (const each of simulation.handlers) {
      const { position } = SHAPES[each.kind];
      assert(this.#handlers[position] === undefined, `${each.kind} has two handlers`);
      this.#handlers[position] = each;
    }
    this.#operations = simulation.operations;
    this.#turn = new Turn(world);
    // The mark of an instant is made as time passes beyond it, so `now` tells whether it was made.
    this.#nextMark = Math.max(1, Math.ceil(world.now / MARK_EVERY)) * MARK_EVERY;
  }

  get now(): SimTime {
    return this.world.now;
  }

  get turn(): number {
    return this.world.turn;
  }

  /** When the next thing happens; Infinity when nothing will. */
  get nextDue(): number {
    return this.world.agenda.nextDue;
  }

  /**
   * Runs everything due at or before `to`, at most `budget` turns of it; false when it stopped for
   * the budget, with the rest still due. However a span is cut, the turns are the same.
   */
  advance(to: SimTime, budget = Infinity): boolean {
    if (to < this.world.now) assert(false, `time never runs backwards: ${this.world.now} to ${to}`);
    let left = budget;
    for (;;) {
      const { nextDue } = this.world.agenda;
      // A mark closes its instant: everything due by then has run, and every input of it.
      const isMark = this.#nextMark < Math.min(nextDue, to);
      if (!isMark && nextDue > to) break;
      if (left <= 0) return false;
      left -= 1;
      if (isMark) this.#mark();
      else this.#step();
    }
    if (to > this.world.now) {
      this.world.now = to;
      this.#turnsThisInstant = 0;
    }
    return true;
  }

  /** Runs on to the end of a turn that is still to come; false when the budget ended first. */
  advanceToTurn(turn: number, budget = Infinity): boolean {
    for (let left = budget; this.world.turn < turn; left -= 1) {
      if (left <= 0) return false;
      assert(this.world.agenda.nextDue < Infinity, `turn ${turn} is still to come`);
      if (this.world.agenda.nextDue <= this.#nextMark) this.#step();
      else this.#mark();
    }
    return true;
  }

  /**
   * One input: everything due at or before it, then the operation as a turn of its own. A step goes
   * on for more turns; who looks back may stop it on the way, at the end of a turn or at a time.
   */
  apply(input: Input, until: Stop = {}): Applied {
    this.advance(input.at);
    const operate = must(
      this.#operations[input.op],
      `the border knows only operations: ${input.op}`,
    );
    this.world.turn += 1;
    const turn = this.#turn;
    turn.begin(this.world.now, this.world.turn, 0, null);
    const cause = turn.fact({
      kind: 'action',
      from: input.person === null ? 'lab' : 'person',
      summary: input.op,
      data: { op: input.op, args: toldArgs(input.args), person: input.person, seq: input.seq },
    });
    const result = operate(turn, input.args as never, input.person);
    if (!result.ok) {
      turn.cause = cause;
      turn.fact({
        kind: 'action',
        from: 'lab',
        summary: `${input.op} refused: ${result.fault.message}`,
        data: { op: input.op, refused: result.fault.kind, code: result.fault.code },
      });
    } else if (input.op === 'clock.step') {
      this.#stepTo((input.args as { readonly to: string }).to, until);
    }
    return { turn: this.world.turn, result, hash: this.world.checkpoint() };
  }

  /** For building a lab's first state: a turn at lab time 0 that is no input. */
  found(build: (turn: Turn) => void): void {
    assert(this.world.turn === 0, 'a lab is founded once');
    this.world.turn = 1;
    this.#turn.begin(this.world.now, 1, 0, null);
    build(this.#turn);
  }

  #step(): void {
    const { world } = this;
    const entry = must(world.agenda.take(), 'something is due');
    // First of all: whatever fails from here on is of this turn, and those before it are whole.
    world.turn += 1;
    if (entry.due > world.now) {
      world.now = entry.due;
      this.#turnsThisInstant = 0;
    }
    this.#turnsThisInstant += 1;
    assert(
      this.#turnsThisInstant <= TURNS_IN_ONE_INSTANT,
      'the machine turns without time passing',
    );
    this.#deliver(entry);
  }

  #deliver(entry: Pending): void {
    const { to, message, cause } = entry;
    const known = entry.row;
    const row =
      known !== null && !known.gone ? known : this.world.records.row(kindOf(to) as RecordKind, to);
    // A receiver that is gone loses the message, as a host that lost power loses its packets.
    if (row === undefined) return;
    const handler = this.#handlers[row.shape.position];
    if (handler === undefined) assert(false, `nobody receives messages to ${to}`);
    this.#turn.begin(this.world.now, this.world.turn, cause, row);
    handler.receive(this.#turn, row.record as { readonly id: Id }, message);
  }

  /** Paused time moves to the next fact, job step or second; what the page calls a step. */
  #stepTo(goal: string, { turn = Infinity, at = Infinity }: Stop): void {
    const { world } = this;
    const end = world.now + (goal === 'second' ? seconds(1) : STEP_HORIZON);
    const until = Math.min(end, at);
    const facts = world.lastFact;
    const steps = jobSteps(world);
    while (world.agenda.nextDue <= until && world.turn < turn) {
      this.advance(world.agenda.nextDue as SimTime, 1);
      if (goal === 'fact' && world.lastFact > facts) return;
      if (goal === 'job-step' && jobSteps(world) !== steps) return;
    }
    if (goal === 'second' && world.turn < turn) this.advance(until as SimTime);
  }

  #mark(): void {
    const at = this.#nextMark as SimTime;
    this.marks.push({ turn: this.world.turn, at, hash: this.world.checkpoint() });
    this.world.now = (at + 1) as SimTime;
    this.#turnsThisInstant = 0;
    this.#nextMark = at + MARK_EVERY;
  }
}

/** A text that changes whenever any job enters another step. */
function jobSteps(world: World): string {
  return world.records
    .rows('job')
    .map(row => `${row.id}:${String(row.record['step'])}:${String(row.record['state'])}`)
    .join();
}

import type { Json } from '../base/json.ts';
import type { CommandId, LabId, PersonId } from '../protocol/id.ts';
import type { OperationResult } from '../protocol/operation/index.ts';
import type { SimTime } from '../protocol/time.ts';
import type { Machine } from '../sim/engine/machine.ts';
import { Broadcast } from './broadcast.ts';
import { speedOf } from './clock-record.ts';
import { encode } from './encode.ts';
import { Gate } from './gate.ts';
import { Pace } from './pace.ts';
import type { Opening } from './opening.ts';
import type { Append, FromLab, JournaledInput, Opened } from './port.ts';
import type { Blueprint } from './recovery.ts';
import { recover } from './recovery.ts';
import type { Wall } from './wall.ts';

export interface Submit {
  readonly connection: number;
  /** Null for the lab itself. */
  readonly person: PersonId | null;
  readonly command: CommandId;
  readonly op: string;
  readonly args: Json;
}

/** How far ahead lab time is promised, in wall milliseconds, and what is left when it is promised anew. */
const PROMISE_MS = 1_000;
const PROMISE_AGAIN_MS = 500;

/** What a bug is answered with; the real story is in the log and in the journal. */
export const INTERNAL: OperationResult = {
  ok: false,
  fault: {
    kind: 'Internal',
    message: 'That failed inside the server. The lab went back to before it.',
    code: null,
    data: {},
  },
};

/** An input that threw: the machine is half way through a turn and must be forgotten. */
export class Poisoned extends Error {
  readonly input: JournaledInput;

  constructor(input: JournaledInput, cause: unknown) {
    super(`input ${input.seq} (${input.op}) threw`, { cause });
    this.input = input;
  }
}

/**
 * A lab in memory: decide, make durable, make visible, without a promise or a timer of its own. The
 * machine moves by the wall clock within the promise; inputs wait for the journal; whatever is to be
 * seen waits at the gate. Anything here may be thrown away and made again from the database.
 */
export class LiveLab {
  readonly lab: LabId;
  readonly opened: Opening;
  readonly machine: Machine;
  readonly broadcast: Broadcast;
  readonly gate: Gate;
  readonly pace: Pace;
  readonly seed: string;
  /** Of the simulation that moves it. */
  readonly version: number;
  readonly differences: readonly string[];
  /** Its rows were others than it had left. */
  readonly isElse: boolean;
  /** Something was thrown: the machine stands half way through a turn, and nothing of it may be kept. */
  failure: { readonly cause: unknown } | null;
  readonly #wall: Wall;
  seq: number;
  /** Applied, to be committed. */
  unsent: JournaledInput[] = [];
  /** Applied since the last settling: answered behind the packets that show them. */
  #answers: { readonly submit: Submit; readonly input: JournaledInput }[] = [];
  #beat: { wall: number; lab: number };

  constructor(opened: Opening, blueprint: Blueprint, wall: Wall, out: (message: FromLab) => void) {
    this.lab = opened.lab;
    this.opened = opened;
    this.#wall = wall;
    let broadcast: Broadcast | null = null;
    const recovered = recover(opened, blueprint, ({ world }) => {
      // Of a lab that was founded just now not even the beginning is in the database yet.
      const isFounded = opened.image === null && opened.begin === null;
      const from = isFounded ? 0 : world.turn;
      broadcast = new Broadcast(opened.lab, opened.lineage, world, from);
    });
    this.machine = recovered.machine;
    this.broadcast = broadcast ?? new Broadcast(opened.lab, opened.lineage, this.machine.world);
    this.seed = recovered.seed;
    this.version = blueprint.simulation.version;
    this.seq = recovered.seq;
    this.differences = recovered.differences;
    // Who was here before cannot be told what somebody changed by hand: only a picture shows it.
    if (recovered.isElse) this.machine.world.tombstoneFloor = this.machine.turn + 1;
    this.isElse = recovered.isElse;
    this.failure = recovered.failure;
    this.gate = new Gate(this.seq, Math.max(opened.promised, this.machine.now), message => {
      this.broadcast.left(message);
      out(message);
    });
    this.pace = new Pace(this.machine.now, wall.now());
    this.setPace();
    this.#beat = { wall: wall.now(), lab: this.machine.now };
    // What was replayed becomes the memory that a returning client is told from.
    this.broadcast.drain(this.machine.world);
    // And its trace was seen when it happened.
    this.broadcast.traces(this.machine.world);
  }

  get turn(): number {
    return this.machine.turn;
  }

  /** Where the wall clock wants lab time to be, never beyond what is promised. */
  target(): SimTime {
    const wall = this.#wall.now();
    const wanted = this.pace.labTime(wall);
    const { promised } = this.gate;
    // A lab whose promise ran out stands still and never catches up.
    if (wanted > promised) this.pace.set(promised as SimTime, wall, this.pace.speed);
    return Math.max(this.machine.now, Math.min(wanted, promised)) as SimTime;
  }

  /** Moves on to the target, at most `budget` turns; false when it could not keep up. */
  advance(budget: number): boolean {
    // Paused, not even what is due this instant happens: a replay would stand still here too.
    if (this.pace.speed === 0) return true;
    const kept = this.#run(() => this.machine.advance(this.target(), budget));
    // It falls behind by slowing down, so that what follows keeps its order and its distance.
    if (!kept) this.pace.set(this.machine.now, this.#wall.now(), this.pace.speed);
    return kept;
  }

  #run<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      this.failure = { cause };
      throw cause;
    }
  }

  /** Applies a command now. Throws {@link Poisoned} when the operation did. */
  take(submit: Submit): void {
    const { command, person, op, args } = submit;
    const at = this.machine.now;
    const seq = this.seq + 1;
    const entry = { seq, at, command, person, op, args, receivedAt: this.#wall.unix() };
    const before = this.machine.turn;
    this.seq = seq;
    try {
      const applied = this.#run(() => this.machine.apply({ seq, at, person, op, args }));
      const input = { ...entry, ...applied, poisoned: false };
      this.unsent.push(input);
      this.#answers.push({ submit, input });
    } catch (cause) {
      throw new Poisoned(
        { ...entry, turn: before, result: INTERNAL, hash: '', poisoned: true },
        cause,
      );
    }
    if (op.startsWith('clock.')) this.setPace();
  }

  /** Lab time runs from here on as the lab's clock says. */
  setPace(): void {
    this.pace.set(this.machine.now, this.#wall.now(), speedOf(this.machine.world));
  }

  /** Packets of what changed, then the answers to what changed it, to the gate. */
  settle(): void {
    const messages = this.broadcast.drain(this.machine.world);
    for (const { submit, input } of this.#answers)
      messages.push(answerTo(this, submit, input, false));
    this.#answers = [];
    this.gate.pass(this.seq, this.machine.now, messages);
  }

  beat(): void {
    const wall = this.#wall.now();
    const passed = Math.max(1, wall - this.#beat.wall);
    const measured = Math.round((this.machine.now - this.#beat.lab) / passed / 10);
    this.#beat = { wall, lab: this.machine.now };
    const { speed } = this.pace;
    // Within a tenth it keeps its speed; below that the page says what it really does.
    const told = speed === 0 || measured >= speed * 0.9 ? speed : measured;
    this.gate.pass(this.seq, this.machine.now, [
      ...this.broadcast.traces(this.machine.world),
      ...this.broadcast.beats(this.machine.world, told),
    ]);
  }

  wantsAppend(): boolean {
    if (this.unsent.length > 0 || this.machine.now > this.gate.promised) return true;
    return (
      this.pace.speed > 0 &&
      this.gate.promised - this.machine.now < this.pace.span(PROMISE_AGAIN_MS)
    );
  }

  takeAppend(): Append {
    const inputs = this.unsent;
    this.unsent = [];
    const { lab, branch, lease } = this.opened;
    const ahead = this.machine.now + this.pace.span(PROMISE_MS);
    const promised = Math.max(this.gate.promised, ahead) as SimTime;
    return { lab, branch, lease, promised, inputs };
  }

  committed(append: Append): void {
    const last = append.inputs.at(-1);
    this.gate.open(last?.seq ?? 0, append.promised);
  }
}

export function answerTo(
  live: { readonly lab: LabId; readonly opened: Opened },
  submit: Submit,
  input: JournaledInput,
  again: boolean,
): FromLab {
  const { seq, turn, result } = input;
  const { lineage } = live.opened;
  return {
    t: 'answer',
    lab: live.lab,
    connection: submit.connection,
    command: submit.command,
    bytes: encode({ t: 'answer', id: submit.command, seq, turn, lineage, result, again }),
  };
}

/** What the border says of a command that never became an input. */
export function refusal(
  live: { readonly lab: LabId; readonly lineage: number },
  submit: Submit,
  kind: string,
  message: string,
): FromLab {
  const result: OperationResult = { ok: false, fault: { kind, message, code: null, data: {} } };
  return {
    t: 'answer',
    lab: live.lab,
    connection: submit.connection,
    command: submit.command,
    bytes: encode({
      t: 'answer',
      id: submit.command,
      seq: null,
      turn: null,
      lineage: live.lineage,
      result,
      again: false,
    }),
  };
}

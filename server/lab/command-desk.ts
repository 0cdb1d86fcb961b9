import type { CommandId, LabId } from '../protocol/id.ts';
import type { Surroundings } from './surroundings.ts';
import type { LiveLab, Submit } from './live-lab.ts';
import { answerTo, refusal } from './live-lab.ts';

/** Commands of one lab that may wait for their commit. */
const WAITING_LIMIT = 1_000;

/** Why a command does not become an input, in words for its sender. */
const REFUSALS = {
  Stopped: 'The lab is stopped; an instructor can take it back.',
  Busy: 'Too many commands wait for this lab; send it again soon.',
  Unavailable: 'The answer to that command cannot be read just now; ask again.',
  // Ids are names, not secrets: somebody else's answer is nobody's business.
  CommandTaken: 'That command id was used before. Send it under another one.',
} as const;

/**
 * Where a lab's commands wait from their arrival to their answer. It knows which were ever accepted,
 * so each is done once, and gives the stored answer to whoever asks again.
 */
export class CommandDesk {
  readonly #lab: { readonly lab: LabId; readonly live: LiveLab; readonly lineage: number };
  readonly #around: Surroundings;
  /** Taken from their senders and not answered yet, in order; taken again after a reopening. */
  readonly #waiting = new Map<CommandId, Submit>();
  /** Asked for again while their answer was on its way to an older connection. */
  readonly #askedAgain = new Set<CommandId>();
  #accepted: Set<CommandId>;

  constructor(lab: CommandDesk['lab'], accepted: readonly CommandId[], around: Surroundings) {
    this.#lab = lab;
    this.#around = around;
    this.#accepted = new Set(accepted);
  }

  get lab(): { readonly lab: LabId; readonly live: LiveLab; readonly lineage: number } {
    return this.#lab;
  }

  /** Somebody's command is not answered yet. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** True when the command is new and waits now; else whoever sent it is answered by the desk. */
  receive(submit: Submit, closed: 'Busy' | 'Stopped' | null): boolean {
    const { command, person } = submit;
    const waiting = this.#waiting.get(command);
    if (waiting !== undefined) {
      if (waiting.person !== person) this.refuse(submit, 'CommandTaken');
      else {
        // The same person on a new connection: the answer that is on its way goes to the old one.
        this.#waiting.set(command, submit);
        this.#askedAgain.add(command);
      }
      return false;
    }
    if (this.#accepted.has(command)) {
      void this.#answerAgain(submit);
      return false;
    }
    if (closed !== null || this.#waiting.size >= WAITING_LIMIT) {
      this.refuse(submit, closed ?? 'Busy');
      return false;
    }
    this.#waiting.set(command, submit);
    return true;
  }

  /** It is about to become an input. */
  accept(command: CommandId): void {
    this.#accepted.add(command);
  }

  /** Its input is committed, so its answer has left; `lost` when what was to leave was dropped. */
  committed(command: CommandId, lost: boolean): void {
    const submit = this.#waiting.get(command);
    this.#waiting.delete(command);
    const again = this.#askedAgain.delete(command);
    if ((lost || again) && submit !== undefined) void this.#answerAgain(submit);
  }

  /** The lab was loaded again: these ids are known, and all that wait are taken again, in order. */
  reopened(accepted: readonly CommandId[]): readonly Submit[] {
    this.#accepted = new Set(accepted);
    const again = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#askedAgain.clear();
    return again;
  }

  /** Nothing that waits will be done any more. */
  stop(): void {
    for (const submit of this.#waiting.values()) this.refuse(submit, 'Stopped');
    this.#waiting.clear();
    this.#askedAgain.clear();
  }

  refuse(submit: Submit, kind: keyof typeof REFUSALS): void {
    this.#around.out(refusal(this.#lab, submit, kind, REFUSALS[kind]));
  }

  async #answerAgain(submit: Submit): Promise<void> {
    const { lab, live } = this.#lab;
    const { store, out, log } = this.#around;
    try {
      const input = await store.answered(lab, submit.command);
      if (input !== null && input.person !== submit.person) this.refuse(submit, 'CommandTaken');
      else if (input !== null) out(answerTo(live, submit, input, true));
      else this.refuse(submit, 'Unavailable');
    } catch (error) {
      log('warn', 'a stored answer could not be read', { lab, error: String(error) });
      this.refuse(submit, 'Unavailable');
    }
  }
}

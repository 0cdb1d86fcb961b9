import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';
import type { Argument, Binding } from './binder-port.ts';
import { bindingHost } from './binding-host.ts';
import { BoundValues } from './bound.ts';
import type { Call, Cmdlet } from './cmdlet.ts';
import { CmdletShell } from './cmdlet-shell.ts';
import type { Context } from './context.ts';
import { Terminating } from './error-record.ts';
import { notSimulated, placeOf, withRecord } from './faults.ts';
import type { CatalogEntry } from './host-port.ts';
import type { Placing, Stage } from './stage.ts';
import type { Steps } from './steps.ts';

export interface CmdletCall {
  readonly entry: CatalogEntry;
  readonly args: readonly Argument[];
  readonly invokedAs: string;
  readonly extent: Extent;
  /** The command as written. */
  readonly line: string;
}

/** A cmdlet in a pipeline. */
export class CmdletStage implements Stage {
  readonly #call: CmdletCall;
  readonly #cx: Context;
  readonly #placing: Placing;
  #running: { cmdlet: Cmdlet; call: Call; binding: Binding; shell: CmdletShell } | null = null;
  #fed = false;

  constructor(call: CmdletCall, cx: Context, placing: Placing) {
    this.#call = call;
    this.#cx = cx;
    this.#placing = placing;
  }

  *begin(): Steps<void> {
    const { entry, args, invokedAs, extent } = this.#call;
    const { signature, cmdlet } = entry;
    const bearer = {
      name: signature.name,
      implementedBy: signature.implementedBy,
      invokedAs,
      extent,
    };
    const host = bindingHost(bearer, this.#cx, this.#placing);
    const binding = yield* this.#cx.core.setup.bind(signature, args, host);
    if (cmdlet === null) throw this.#named(notSimulated(entry.refusal, signature.name));
    const shell = new CmdletShell(bearer, {
      binding,
      cx: this.#cx,
      out: this.#placing.out,
      stage: this,
      impact: signature.impact,
    });
    const call: Call = {
      bound: new BoundValues(binding),
      get set() {
        return binding.set;
      },
      invokedAs,
      state: new Map(),
      shell,
    };
    this.#running = { cmdlet, call, binding, shell };
    if (cmdlet.begin !== undefined) yield* this.#within(cmdlet.begin(call));
  }

  *process(input: Value): Steps<void> {
    this.#fed = true;
    const running = this.#running;
    if (running === null) return;
    const mistake = yield* running.binding.take(input);
    if (mistake !== null) return yield* running.shell.error(mistake);
    if (running.cmdlet.process !== undefined)
      yield* this.#within(running.cmdlet.process(running.call));
  }

  *end(): Steps<void> {
    const running = this.#running;
    if (running === null) return;
    const { cmdlet, call, shell } = running;
    if (!this.#fed && !this.#placing.expectsInput && cmdlet.process !== undefined)
      yield* this.#within(cmdlet.process(call));
    if (cmdlet.end !== undefined) yield* this.#within(cmdlet.end(call));
    shell.done();
  }

  close(): void {
    this.#running?.shell.done();
  }

  /** Errors that a cmdlet throws bear its name and place. */
  *#within(steps: Steps<void>): Steps<void> {
    try {
      yield* steps;
    } catch (problem) {
      if (!(problem instanceof Terminating) || problem.record.place !== null) throw problem;
      const named = this.#named(problem);
      this.#running?.shell.noteError(named.record);
      throw named;
    }
  }

  #named(problem: Terminating): Terminating {
    const { record } = problem;
    const { entry, invokedAs, extent } = this.#call;
    return withRecord(problem, {
      ...record,
      id: record.id.includes(',') ? record.id : `${record.id},${entry.signature.implementedBy}`,
      activity: record.activity === '' ? entry.signature.name : record.activity,
      command: record.command === '' ? invokedAs : record.command,
      place: placeOf(this.#cx.from, extent),
    });
  }
}

import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';
import type { Argument, Binding } from './binder-port.ts';
import { type Bearer, bindingHost } from './binding-host.ts';
import { BoundValues } from './bound.ts';
import type { Call, Cmdlet } from './cmdlet.ts';
import { CmdletShell } from './cmdlet-shell.ts';
import type { Context } from './context.ts';
import { Terminating } from './error-record.ts';
import { notSimulated, placeOf, withRecord } from './faults.ts';
import type { CatalogEntry } from './host-port.ts';
import { LIMITS } from './limits.ts';
import { BREATH } from './meter.ts';
import type { Sink } from './sink.ts';
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

interface Running {
  readonly cmdlet: Cmdlet;
  readonly call: Call;
  readonly binding: Binding;
  readonly shell: CmdletShell;
}

export const TOO_MANY_JOBS = {
  message: `The console keeps ${LIMITS.jobs} jobs at most. Remove some with Remove-Job.`,
  id: 'TooManyJobs',
  category: 'LimitsExceeded',
} as const;

/** A cmdlet in a pipeline. */
export class CmdletStage implements Stage {
  readonly #call: CmdletCall;
  readonly #cx: Context;
  readonly #placing: Placing;
  #running: Running | null = null;
  #fed = false;

  constructor(call: CmdletCall, cx: Context, placing: Placing) {
    this.#call = call;
    this.#cx = cx;
    this.#placing = placing;
  }

  *begin(): Steps<void> {
    const { entry, args, invokedAs } = this.#call;
    const { signature, cmdlet } = entry;
    this.#cx.core.meter.spend(LIMITS.stepsOfACmdlet);
    const bearer = this.#bearer();
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
    yield* this.#processed(running);
  }

  /** The cmdlet's work on one object; beside the line when that is wanted. */
  *#processed({ cmdlet, call, binding, shell }: Running): Steps<void> {
    const { process } = cmdlet;
    if (process === undefined) return;
    if (!call.bound.flag('AsJob')) return yield* this.#within(process(call));
    const values = new Map([...binding.values].filter(([name]) => name !== 'AsJob'));
    const { set, common, rest } = binding;
    const own: Binding = { values, set, common, rest, take: input => binding.take(input) };
    const order = {
      type: call.bound.has('ScriptBlock') ? 'RemoteJob' : '',
      command: this.#call.line,
      location: call.bound.text('ComputerName') ?? 'localhost',
      name: call.bound.text('JobName'),
    };
    const job = this.#cx.core.jobs.start(order, ({ out, streams }) =>
      this.#within(process(this.#callOf(own, { ...this.#cx, streams }, out))),
    );
    if (job === null) return yield* shell.error(shell.fault(TOO_MANY_JOBS));
    yield BREATH;
    yield* shell.write(job);
  }

  #callOf(binding: Binding, cx: Context, out: Sink): Call {
    const { entry, invokedAs } = this.#call;
    const { impact } = entry.signature;
    const shell = new CmdletShell(this.#bearer(), { binding, cx, out, stage: this, impact });
    const { set } = binding;
    return { bound: new BoundValues(binding), set, invokedAs, state: new Map(), shell };
  }

  #bearer(): Bearer {
    const { entry, invokedAs, extent } = this.#call;
    const { name, implementedBy } = entry.signature;
    return { name, implementedBy, invokedAs, extent };
  }

  *end(): Steps<void> {
    const running = this.#running;
    if (running === null) return;
    const { cmdlet, call, shell } = running;
    if (!this.#fed && !this.#placing.expectsInput) yield* this.#processed(running);
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

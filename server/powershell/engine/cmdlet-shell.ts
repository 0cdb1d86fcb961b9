import type { Json } from '../../base/json.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { SimTime } from '../../protocol/time.ts';
import { operation, type ShouldProcess } from '../binding/should-process.ts';
import { fault } from '../value/fault.ts';
import { List } from '../value/list.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { isTrue, itemsOf } from '../value/text.ts';
import { fullTypeName } from '../value/type-table.ts';
import type { Value } from '../value/value.ts';
import type { Binding, Impact } from './binder-port.ts';
import { ask, type Bearer } from './binding-host.ts';
import { blockOf } from './cast.ts';
import { cautionOf, verboseAction } from './caution.ts';
import type {
  BlockInput,
  Computer,
  Fault,
  HostLook,
  Progress,
  SessionState,
  Shell,
  SideStream,
} from './cmdlet.ts';
import type { Context } from './context.ts';
import { ErrorObject } from './error-object.ts';
import { type ErrorRecord, Terminating } from './error-record.ts';
import { failed, preference, said } from './failing.ts';
import { placeOf } from './faults.ts';
import { LimitReached, StopUpstream } from './flow.ts';
import { instanceOf } from './instance.ts';
import { followJob } from './job-wait.ts';
import type { ShellLab } from './lab.ts';
import { BREATH } from './meter.ts';
import { inSession } from './remote.ts';
import { SessionView } from './session-view.ts';
import { Collector, type Sink } from './sink.ts';
import type { LabMoment, Steps, Submitting } from './steps.ts';

export interface ShellPlace {
  readonly binding: Binding;
  readonly cx: Context;
  readonly out: Sink;
  /** Which stage a StopUpstream is meant for. */
  readonly stage: object;
  readonly impact: Impact;
}

/** Nobody drives this session towards a lab. */
const NO_ANSWER: OperationResult = {
  ok: false,
  fault: { kind: 'Internal', message: 'The lab gave no answer.', code: null, data: {} },
};

/** Where errors end a block, and are not seen. */
const quietly = (cx: Context): Context => ({
  ...cx,
  guarded: true,
  streams: { ...cx.streams, error: { put: () => null } },
});

/** What one running cmdlet may do. */
export class CmdletShell implements Shell {
  readonly lab: ShellLab;
  readonly computer: string;
  readonly place: Computer;
  readonly session: SessionState;
  readonly #bearer: Bearer;
  readonly #place: ShellPlace;
  readonly #caution: ShouldProcess;
  readonly #errors = new List();
  readonly #warnings = new List();
  readonly #output = new List();
  #finished = false;

  constructor(bearer: Bearer, place: ShellPlace) {
    const { core } = place.cx;
    this.#bearer = bearer;
    this.#place = place;
    this.lab = core.setup.lab;
    this.place = place.cx.computer;
    this.computer = this.place.id;
    this.session = new SessionView(place.cx);
    this.#caution = cautionOf(place.impact, place.binding.common, place.cx);
  }

  *write(value: Value): Steps<void> {
    const { cx, out, binding } = this.#place;
    if (cx.core.meter.tick()) yield BREATH;
    if (binding.common.outVariable !== undefined) this.#output.values.push(value);
    const waiting = out.put(value);
    if (waiting !== null) yield* waiting;
  }

  *error(record: ErrorRecord): Steps<void> {
    this.noteError(record);
    const { cx, binding } = this.#place;
    cx.core.meter.error();
    const action = binding.common.errorAction?.toLowerCase();
    yield* failed(record, cx, action ?? preference(cx, 'ErrorActionPreference'));
  }

  /** For -ErrorVariable. */
  noteError(record: ErrorRecord): void {
    if (this.#place.binding.common.errorVariable !== undefined)
      this.#errors.values.push(new ErrorObject(record));
  }

  fault({ message, id, category, exception, target }: Fault): ErrorRecord {
    const name = exception ?? 'System.Management.Automation.RuntimeException';
    return {
      message,
      id: `${id},${this.#bearer.implementedBy}`,
      category,
      exception: name,
      activity: this.#bearer.name,
      reason: name.slice(name.lastIndexOf('.') + 1),
      target: target ?? null,
      command: this.#bearer.invokedAs,
      place: placeOf(this.#place.cx.from, this.#bearer.extent),
    };
  }

  *say(stream: SideStream, text: string): Steps<void> {
    const { cx, binding } = this.#place;
    if (stream === 'warning' && binding.common.warningVariable !== undefined)
      this.#warnings.values.push(text);
    yield* said(stream, text, this.#action(stream), cx);
  }

  #action(stream: SideStream): string {
    const { cx, binding } = this.#place;
    const { common } = binding;
    if (stream === 'verbose') return verboseAction(common, cx);
    if (stream === 'warning')
      return common.warningAction?.toLowerCase() ?? preference(cx, 'WarningPreference');
    if (common.debug === undefined) return preference(cx, 'DebugPreference');
    return common.debug ? 'continue' : 'silentlycontinue';
  }

  get width(): number {
    return this.#place.cx.core.setup.screen.width;
  }

  host(text: string, look?: HostLook): void {
    const { core } = this.#place.cx;
    core.meter.outputText(text.length);
    core.setup.screen.print(look?.newline === false ? text : `${text}\n`, look);
  }

  progress(progress: Progress): void {
    this.#place.cx.core.setup.screen.progress(progress);
  }

  clear(): void {
    this.#place.cx.core.setup.screen.clear();
  }

  should(target: string, action: string): Steps<boolean> {
    return this.#caution.may(operation(target, action));
  }

  *ask(prompt: string, secret = false): Steps<string> {
    return (yield* ask(prompt, secret)) ?? '';
  }

  *submit(op: string, args: Json): Steps<OperationResult> {
    const wait: Submitting = { wait: 'submit', op, args, answer: null };
    yield wait;
    return wait.answer ?? NO_ANSWER;
  }

  finish(op: string, args: Json, target: Value): Steps<boolean> {
    return followJob(this, { op, args, target });
  }

  *until(condition: (lab: ShellLab) => boolean, deadline?: SimTime): Steps<boolean> {
    if (condition(this.lab)) return true;
    const wait: LabMoment = { wait: 'moment', until: condition, deadline: deadline ?? null };
    yield wait;
    return condition(this.lab);
  }

  *call(block: Value, input: BlockInput): Steps<Value[]> {
    const collector = new Collector(this.#place.cx.core.meter);
    try {
      yield* this.#run(block, input, collector);
    } catch (problem) {
      const isError = problem instanceof Terminating && !(problem instanceof LimitReached);
      if (input.quiet !== true || !isError) throw problem;
    }
    return collector.values;
  }

  *pass(block: Value, input: BlockInput): Steps<void> {
    yield* this.#run(block, input, { put: value => this.write(value) });
  }

  *test(block: Value, input: BlockInput): Steps<boolean> {
    const collector = new Collector(this.#place.cx.core.meter);
    yield* this.#run(block, input, collector);
    return isTrue(collector.result());
  }

  *#run(block: Value, input: BlockInput, out: Sink): Steps<void> {
    const cx = input.quiet === true ? quietly(this.#place.cx) : this.#place.cx;
    for (const one of itemsOf(block) ?? [block]) {
      if (!(one instanceof ScriptBlock)) continue;
      const { dollar, args, input: given, scope, computer, remote } = input;
      const dotted = scope === 'caller' || remote !== undefined;
      yield* cx.core.evaluator.call(
        { block: one, dollar, args, input: given, dotted, computer },
        remote === undefined ? cx : inSession(remote, cx),
        out,
      );
    }
  }

  block(text: string): Value {
    return blockOf(text, this.#place.cx);
  }

  make(type: string, args: readonly Value[]): Value {
    const full = fullTypeName(type);
    if (full !== null) return instanceOf(full, args, this.#place.cx);
    throw fault({
      message: `Cannot find type [${type}]: make sure the assembly containing this type is loaded.`,
      id: 'TypeNotFound',
      category: 'InvalidType',
      exception: 'System.Management.Automation.PSArgumentException',
    });
  }

  stopUpstream(): never {
    throw new StopUpstream(this.#place.stage);
  }

  /** -ErrorVariable and its kin are set once the command is over. */
  done(): void {
    if (this.#finished) return;
    this.#finished = true;
    const { errorVariable, warningVariable, outVariable } = this.#place.binding.common;
    this.#keep(errorVariable, this.#errors);
    this.#keep(warningVariable, this.#warnings);
    this.#keep(outVariable, this.#output);
  }

  #keep(name: string | undefined, list: List): void {
    if (name === undefined) return;
    const { scope } = this.#place.cx;
    const key = name.replace(/^\+/, '').toLowerCase();
    const before = name.startsWith('+') ? scope.find(key)?.value : undefined;
    const kept = before === undefined ? [] : (itemsOf(before) ?? [before]);
    scope.set(key, new List([...kept, ...list.values]));
  }
}

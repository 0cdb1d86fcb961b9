import type { Parsed } from '../syntax/tree.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { writeHistory } from './history.ts';
import { declareAutomatic } from './automatic.ts';
import type { SessionState } from './cmdlet.ts';
import { type Context, SCREEN } from './context.ts';
import { Core } from './core.ts';
import { type ErrorRecord, Terminating } from './error-record.ts';
import { EVALUATOR } from './evaluator.ts';
import { printError } from './failing.ts';
import { placeOf } from './faults.ts';
import { depthReached, Flow, LimitReached, StopUpstream } from './flow.ts';
import type { Formatting, SessionSetup } from './host-port.ts';
import { SessionView } from './session-view.ts';
import type { Sink } from './sink.ts';
import type { Steps } from './steps.ts';
import { trampoline } from './trampoline.ts';

/**
 * One console's PowerShell: variables, functions and history between lines. Never touches anything but
 * the lab it was given, never throws anything at whoever drives it but what a bug of ours is.
 */
export class Session {
  readonly #core: Core;
  #exited: number | null = null;

  constructor(setup: SessionSetup) {
    this.#core = new Core(setup, EVALUATOR);
    declareAutomatic(this.#core);
  }

  /** `PS C:\Users\Administrator> `. */
  get prompt(): string {
    const { entered, location } = this.#core;
    return `${entered === null ? '' : `[${entered.computer.name}]: `}PS ${location}> `;
  }

  /** Record id of the host the next line runs on: where Enter-PSSession went. */
  get computer(): string {
    return this.#core.entered?.computer.id ?? this.#core.setup.computer;
  }

  /** The code given to `exit`; null while the session goes on. */
  get exited(): number | null {
    return this.#exited;
  }

  get state(): SessionState {
    return new SessionView(this.#context('', null));
  }

  parse(text: string): Parsed {
    return this.#core.setup.parse(text);
  }

  /** Runs a line or several; what it puts out is on the screen when it ends. */
  *run(text: string, file: string | null = null): Steps<void> {
    writeHistory(this.#core, text);
    this.#core.meter.line();
    this.#core.meter.parsed(text.length);
    const parsed = this.#core.setup.parse(text);
    if (parsed.status !== 'complete') {
      this.#refuse(text, file, parsed.error);
      return;
    }
    const cx = this.#context(text, file);
    const formatting = this.#core.setup.formatter.open(this.#core.setup.screen);
    const { body } = parsed.script;
    const list = [...(body.begin ?? []), ...(body.process ?? []), ...body.statements];
    // A script's own parameters have their defaults.
    const block = new ScriptBlock({ body, source: text, from: cx.from });
    const running = (out: Sink): Steps<void> =>
      body.params === null
        ? EVALUATOR.statements(list, cx, out)
        : EVALUATOR.call({ block, dotted: true }, cx, out);
    yield* this.#core.jobs.beside(trampoline(this.#guarded(cx, formatting, running)));
  }

  /** The output's end is written however the line ended, unless it was cancelled. */
  *#guarded(cx: Context, formatting: Formatting, running: (out: Sink) => Steps<void>): Steps<void> {
    const { meter } = this.#core;
    const out: Sink = {
      put: value => {
        meter.outputObject();
        return formatting.put(value);
      },
    };
    try {
      yield* running(out);
    } catch (problem) {
      this.#end(problem, cx);
    }
    try {
      yield* formatting.end();
    } catch (problem) {
      this.#end(problem, cx);
    }
  }

  #end(problem: unknown, cx: Context): void {
    const core = this.#core;
    if (problem instanceof Flow) {
      if (problem.kind !== 'exit') return;
      // From where Enter-PSSession went, it leads back.
      if (core.entered === null) this.#exited = Number(problem.value);
      else core.entered = null;
      return;
    }
    if (problem instanceof StopUpstream) return;
    // The native stack ran out before the call depth did: the same thing to a script.
    const known = problem instanceof RangeError ? depthReached() : problem;
    if (!(known instanceof Terminating)) throw problem;
    core.succeeded = false;
    core.remember(known.record);
    if (known instanceof LimitReached) core.meter.line();
    printError(known.record, cx);
  }

  #refuse(
    text: string,
    file: string | null,
    error: { message: string; id: string; start: number; end: number },
  ): void {
    const record: ErrorRecord = {
      message: error.message,
      id: error.id,
      category: 'ParserError',
      exception: 'System.Management.Automation.ParentContainsErrorRecordException',
      activity: '',
      reason: 'ParentContainsErrorRecordException',
      target: null,
      command: '',
      place: placeOf({ text, file }, error),
    };
    this.#core.succeeded = false;
    this.#core.remember(record);
    printError(record, this.#context(text, file));
  }

  #context(text: string, file: string | null): Context {
    return {
      core: this.#core,
      scope: this.#core.entered?.scope ?? this.#core.global,
      computer: this.#core.entered?.computer ?? {
        id: this.#core.setup.computer,
        name: this.#core.setup.computerName,
        remote: false,
      },
      from: { text, file },
      streams: SCREEN,
      guarded: false,
      depth: 0,
    };
  }
}

import { bind } from '../../../server/powershell/binding/bind.ts';
import { CMDLETS } from '../../../server/powershell/cmdlets/index.ts';
import { ConsoleScreen } from '../../../server/powershell/console/screen.ts';
import type { Call, Cmdlet, Shell } from '../../../server/powershell/engine/cmdlet.ts';
import { ErrorObject } from '../../../server/powershell/engine/error-object.ts';
import type { ErrorRecord } from '../../../server/powershell/engine/error-record.ts';
import { Session } from '../../../server/powershell/engine/session.ts';
import type { Steps } from '../../../server/powershell/engine/steps.ts';
import { formatter } from '../../../server/powershell/format/formatter.ts';
import { catalogOf } from '../../../server/powershell/manifest/catalog.ts';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import type { Lab } from '../../fixture/lab.ts';
import { fulfil, viewOf } from '../../fixture/shell.ts';
import { HERE } from './wanted.ts';

/** Whoever sits there agrees, and knows a user; what a line leaves out is not made up. */
const answerTo = (prompt: string): string | null => {
  if (prompt.includes('[Y] Yes')) return 'y';
  if (/^user/i.test(prompt)) return 'CONTOSO\\Administrator';
  return /^password/i.test(prompt) ? 'Pa$$w0rd' : null;
};

/** Lab time that a line may take, in seconds. */
const PATIENCE = 3_600;

/** One cmdlet that ran, as it was bound when it worked. */
export interface Ran {
  readonly command: string;
  readonly set: string;
  /** Record id of the host it ran on. */
  readonly computer: string;
  readonly values: ReadonlyMap<string, Value>;
  /** What it wrote. */
  readonly written: readonly Value[];
  /** Names of it, as they were when it was written. */
  readonly names: ReadonlySet<string>;
}

export interface Told {
  readonly ran: readonly Ran[];
  readonly errors: readonly ErrorRecord[];
  readonly printed: string;
  /** Operations that the lab did. */
  readonly done: readonly string[];
}

/** A session of which every cmdlet is watched; inert, none of them does anything. */
export class WatchedShell {
  readonly #session: Session;
  readonly #screen = new ConsoleScreen(120);
  readonly #lab: Lab;
  #ran: Ran[] = [];
  #done: string[] = [];
  /** The last line was ended before it was done. */
  unfinished = false;

  constructor(lab: Lab, isInert: boolean) {
    this.#lab = lab;
    this.#session = new Session({
      lab: viewOf(lab),
      computer: `host:${HERE}`,
      computerName: HERE,
      domain: 'CONTOSO',
      user: 'Administrator',
      seed: 7,
      screen: this.#screen,
      formatter,
      catalog: catalogOf(
        '2012',
        CMDLETS.map(one => this.#watched(one, isInert)),
      ),
      bind,
      parse,
    });
  }

  /** Runs a line to its end, or until an error after which it is of no interest. */
  run(line: string, isLast: (error: ErrorRecord) => boolean = () => false): Told {
    this.#ran = [];
    this.#done = [];
    const before = new Set(this.#session.state.errors);
    const isOver = (): boolean =>
      this.#lab.now > began + PATIENCE ||
      this.#session.state.errors.some(one => !before.has(one) && isLast(one));
    const began = this.#lab.now;
    this.#drive(line, isOver);
    const printed = this.#screen.take().replaceAll(/\u001b\[[\d;]*m/g, '');
    const ran = [...this.#ran];
    // What goes on beside the line belongs to it.
    const jobs = this.#session.state.jobs.all();
    if (jobs.some(({ state }) => state === 'Running')) {
      this.#drive('Get-Job | Wait-Job -Timeout 600 | Out-Null');
      this.#screen.take();
      ran.push(...this.#ran.slice(ran.length).filter(one => !/Job$|^Out-/.test(one.command)));
    }
    const failures = jobs.flatMap(({ output }) =>
      output.flatMap(one => (one instanceof ErrorObject ? [one.record] : [])),
    );
    const errors = this.#session.state.errors.filter(one => !before.has(one));
    return { ran, errors: [...errors, ...failures], printed, done: this.#done };
  }

  #drive(line: string, isOver: () => boolean = () => false): void {
    const steps = this.#session.run(line);
    for (let next = steps.next(); next.done !== true; next = steps.next()) {
      if (isOver()) {
        steps.return();
        this.unfinished = true;
        return;
      }
      fulfil(this.#lab, next.value, answerTo);
      if (next.value.wait === 'submit' && next.value.answer?.ok === true)
        this.#done.push(next.value.op);
    }
  }

  variable(name: string): Value | undefined {
    return this.#session.state.variable(name);
  }

  /** For what a block speaks of and does not make. */
  give(name: string, value: Value): void {
    this.#session.state.setVariable(name, value);
  }

  #watched(cmdlet: Cmdlet, isInert: boolean): Cmdlet {
    const around = (body: (call: Call) => Steps<void>) => (call: Call) =>
      this.#around(cmdlet.name, call, isInert ? NOTHING : body);
    const { begin, process, end, ...rest } = cmdlet;
    return {
      ...rest,
      ...(begin === undefined ? {} : { begin: isInert ? NOTHING : begin }),
      ...(process === undefined ? {} : { process: around(process) }),
      ...(end === undefined ? {} : { end: around(end) }),
    };
  }

  *#around(command: string, call: Call, body: (call: Call) => Steps<void>): Steps<void> {
    const values = new Map(
      [...call.bound.names()].map(name => [name, call.bound.value(name) ?? null]),
    );
    const written: Value[] = [];
    const names = new Set<string>();
    this.#ran.push({
      command,
      set: call.set,
      computer: call.shell.computer,
      values,
      written,
      names,
    });
    const noted = (value: Value): void => {
      written.push(value);
      for (const name of namesOf(value)) names.add(name);
    };
    yield* body({ ...call, set: call.set, shell: listening(call.shell, noted) });
  }
}

function* NOTHING(): Steps<void> {
  // Inert.
}

/** The same shell, with what is written to it noted. */
const listening = (shell: Shell, noted: (value: Value) => void): Shell =>
  new Proxy(shell, {
    get(target, name) {
      if (name === 'write')
        return (value: Value) => {
          noted(value);
          return target.write(value);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const namesOf = (value: Value): readonly string[] =>
  typeof value === 'object' && value !== null && 'property' in value
    ? ['Name', 'VMName'].flatMap(name => {
        const text = value.property(name)?.get();
        return typeof text === 'string' ? [text.toLowerCase()] : [];
      })
    : [];

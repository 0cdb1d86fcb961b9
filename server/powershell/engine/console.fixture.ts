import { bind } from '../binding/bind.ts';
import { CORE_CMDLETS } from '../cmdlets/core/index.ts';
import { LANGUAGE_CMDLETS } from '../cmdlets/language/index.ts';
import { LAB_START } from '../../protocol/time.ts';
import { catalogOf } from '../manifest/catalog.ts';
import { parse } from '../syntax/parse.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { ErrorObject } from './error-object.ts';
import type { Cmdlet } from './cmdlet.ts';
import type { Formatter, Screen } from './host-port.ts';
import { Session } from './session.ts';
import type { Steps, Wait } from './steps.ts';

/** Every object on a line of its own; formatting has tests of its own. */
class PlainFormatter implements Formatter {
  readonly seen: Value[] = [];

  open(screen: Screen) {
    const { seen } = this;
    return {
      *put(value: Value): Steps<void> {
        seen.push(value);
        screen.print(`${value instanceof ErrorObject ? '! ' : ''}${textOf(value)}\n`);
        if (seen.length > 1_000_000) yield { wait: 'breath' };
      },
      *end(): Steps<void> {
        if (seen.length > 1_000_000) yield { wait: 'breath' };
      },
    };
  }
}

/** A console at 2012-09-04 13:05 on HV01, with the cmdlets of the language and no others. */
export class Console {
  readonly session: Session;
  /** Plain output and errors, in order. */
  printed = '';
  breaths = 0;
  waits: Wait[] = [];
  readonly formatter = new PlainFormatter();
  /** What is typed when something is asked; nobody is there when it is empty. */
  readonly answers: string[] = [];

  constructor(...extra: readonly Cmdlet[]) {
    const screen: Screen = {
      width: 80,
      print: text => {
        this.printed += text;
      },
      progress: () => undefined,
      clear: () => undefined,
    };
    this.session = new Session({
      lab: {
        era: '2012',
        now: LAB_START,
        calendar: () => 1_346_763_900_000,
        get: () => undefined,
        all: () => [],
        by: () => [],
        events: () => [],
      },
      computer: 'host:HV01',
      computerName: 'HV01',
      domain: 'lab.local',
      user: 'Administrator',
      seed: 7,
      screen,
      formatter: this.formatter,
      catalog: catalogOf('2012', [...CORE_CMDLETS, ...LANGUAGE_CMDLETS, ...extra]),
      bind,
      parse,
    });
  }

  /** Runs a text to its end; what it printed. */
  run(text: string): string {
    const from = this.printed.length;
    const steps = this.session.run(text);
    for (let next = steps.next(); next.done !== true; next = steps.next()) this.#answer(next.value);
    return this.printed.slice(from);
  }

  /** The lines it printed. */
  lines(text: string): string[] {
    const printed = this.run(text);
    return printed === '' ? [] : printed.replace(/\n$/, '').split('\n');
  }

  /** Runs until it has waited so often, then presses Ctrl+C. */
  cancel(text: string, after: number): string {
    const from = this.printed.length;
    const steps = this.session.run(text);
    let next = steps.next();
    for (let i = 0; i < after && next.done !== true; i += 1) next = steps.next();
    next = steps.return();
    for (let i = 0; i < 100_000 && next.done !== true; i += 1) next = steps.next();
    return this.printed.slice(from);
  }

  #answer(wait: Wait): void {
    if (wait.wait === 'breath') this.breaths += 1;
    else this.waits.push(wait);
    if (wait.wait === 'ask') wait.answer = this.answers.shift() ?? null;
  }

  /** Of the last error: its id. */
  get lastError(): string | undefined {
    return this.session.state.errors[0]?.id;
  }
}

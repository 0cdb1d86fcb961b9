import { draw } from '../../base/prng.ts';
import { DateTime } from '../value/date-time.ts';
import { List } from '../value/list.ts';
import type { Value } from '../value/value.ts';
import type { Computer } from './cmdlet.ts';
import type { Evaluator } from './context.ts';
import { ErrorObject } from './error-object.ts';
import type { ErrorRecord } from './error-record.ts';
import type { SessionSetup } from './host-port.ts';
import { Jobs } from './jobs.ts';
import type { RemoteSession } from './remote-session.ts';
import { LIMITS } from './limits.ts';
import { Meter } from './meter.ts';
import { Scope } from './scope.ts';

/** What all lines of one session share. */
export class Core {
  readonly setup: SessionSetup;
  readonly evaluator: Evaluator;
  readonly global = new Scope(null);
  readonly meter: Meter;
  readonly jobs: Jobs;
  readonly sessions: RemoteSession[] = [];
  lastSession = 0;
  /** $Error, the latest first. */
  readonly errors = new List();
  readonly aliases = new Map<string, { readonly name: string; readonly command: string }>();
  readonly history: { readonly id: number; readonly line: string }[] = [];
  /** $?. */
  succeeded = true;
  location = 'C:\\Users\\Administrator';
  /** Where Enter-PSSession went. */
  entered: { readonly computer: Computer; readonly scope: Scope } | null = null;
  #dice = 0;

  constructor(setup: SessionSetup, evaluator: Evaluator) {
    this.setup = setup;
    this.evaluator = evaluator;
    this.meter = new Meter(() => this.#roots());
    this.jobs = new Jobs(this.meter, setup.lab);
    this.location = `C:\\Users\\${setup.user}`;
    for (const alias of setup.catalog.aliases()) this.aliases.set(alias.name.toLowerCase(), alias);
  }

  *#roots(): Iterable<Value> {
    for (const variable of this.global.variables())
      if (variable.get === undefined) yield variable.value;
    for (const variable of this.entered?.scope.variables() ?? [])
      if (variable.get === undefined) yield variable.value;
    yield this.errors;
    for (const job of this.jobs.all()) yield job.output;
    for (const { scope } of this.sessions)
      for (const variable of scope.variables())
        if (variable.get === undefined) yield variable.value;
  }

  /** 32 random bits; addressed by the session's seed and how many were drawn. */
  roll(): number {
    this.#dice += 1;
    return draw(this.setup.seed, 0x5e55, this.#dice);
  }

  now(): DateTime {
    const { lab } = this.setup;
    return DateTime.fromUnix(lab.calendar(lab.now), 'Local');
  }

  /** Into $Error; the same error is kept once. */
  remember(record: ErrorRecord): void {
    const first = this.errors.values[0];
    if (first instanceof ErrorObject && first.record === record) return;
    this.errors.values.unshift(new ErrorObject(record));
    if (this.errors.values.length > LIMITS.errorsKept) this.errors.values.pop();
  }
}

import { assert } from '../base/assert.ts';
import type { Append, JournaledInput } from '../lab/port.ts';
import type { LabId } from '../protocol/id.ts';
import { isRefusedData, outcomeOf } from './failure.ts';
import type { Session } from './session.ts';

// The one writer of the journal. A lab is written whole or not at all: its lease and branch are the
// ones we were given and its inputs go on where its journal ends, looked at under the lock on its row
// of lab_clock, so that nothing comes in between; a lab of which it does not hold gives no row. That
// no command is taken twice is held by the unique key of the journal. Only a lab that lost count of
// its own commands runs into it, and then each lab of the batch is written alone: asking beforehand
// would cost every commit a search, and one that the planner of a young database gets wrong.

const APPEND = `
with batch as materialized (
  select * from json_to_recordset($1::text::json)
    as b(lab text, branch int8, lease int8, promised int8, first int8, last int8)
),
fresh as materialized (
  select * from json_to_recordset($2::text::json)
    as f(lab text, seq int8, at int8, turn int8, command text, person text, op text, args text,
      result text, hash text, poisoned bool, "receivedAt" int8)
),
-- In lab order: two connections that lock rows in different orders deadlock.
mine as materialized (
  select c.lab, b.promised, b.last from lab_clock c join batch b on b.lab = c.lab
  where c.lease = b.lease and c.branch = b.branch
    and (b.first is null or b.first = c.journaled_seq + 1)
  order by c.lab for no key update of c
),
held as (
  update lab_clock c set promised = greatest(c.promised, m.promised),
    journaled_seq = coalesce(m.last, c.journaled_seq)
  from mine m where c.lab = m.lab returning c.lab, c.branch
),
journaled as (
  insert into input (branch, seq, at, turn, command, person, op, args, result, hash, poisoned,
    received_at)
  select h.branch, f.seq, f.at, f.turn, f.command, f.person, f.op, f.args::json, f.result::json,
    f.hash, f.poisoned, timestamptz 'epoch' + f."receivedAt" * interval '1 millisecond'
  from held h join fresh f on f.lab = h.lab
)
select lab from held`;

type Log = (message: string, detail: { readonly [key: string]: string }) => void;

export class Writer {
  readonly #session: Session;
  readonly #log: Log;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session, log: Log) {
    this.#session = session;
    this.#log = log;
  }

  /** One statement at a time, whoever calls: the next begins when the outcome of this one is known. */
  append(batch: readonly Append[]): Promise<ReadonlySet<LabId>> {
    const appended = this.#last.then(() => this.#append(batch));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  async #append(batch: readonly Append[]): Promise<ReadonlySet<LabId>> {
    const labs = new Set(batch.map(({ lab }) => lab));
    assert(labs.size === batch.length, 'a lab stands once in a batch');
    const whole = batch.filter(append => this.#isWhole(append));
    if (whole.length === 0) return new Set();
    try {
      return await this.#write(whole);
    } catch (error) {
      if (isRefusedData(error)) return this.#writeOneByOne(whole);
      throw outcomeOf('appended to the journal', error);
    }
  }

  /** What Postgres refuses of one lab must not keep the others from their commit. */
  async #writeOneByOne(batch: readonly Append[]): Promise<ReadonlySet<LabId>> {
    const held = new Set<LabId>();
    for (const append of batch) {
      try {
        for (const lab of await this.#write([append])) held.add(lab);
      } catch (error) {
        if (!isRefusedData(error)) throw outcomeOf('appended to the journal', error);
        this.#log('the database refused inputs of a lab', {
          lab: append.lab,
          error: String(error),
        });
      }
    }
    return held;
  }

  async #write(batch: readonly Append[]): Promise<ReadonlySet<LabId>> {
    const labs = batch.map(({ lab, branch, lease, promised, inputs }) => ({
      lab,
      branch,
      lease,
      promised,
      first: inputs.at(0)?.seq ?? null,
      last: inputs.at(-1)?.seq ?? null,
    }));
    const inputs = batch.flatMap(({ lab, inputs: ofLab }) =>
      ofLab.map(({ args, result, ...input }) => ({
        lab,
        args: JSON.stringify(args),
        result: JSON.stringify(result),
        ...input,
      })),
    );
    const rows = await this.#session.query<{ lab: LabId }>(APPEND, [
      JSON.stringify(labs),
      JSON.stringify(inputs),
    ]);
    return new Set(rows.map(({ lab }) => lab));
  }

  /** Within one append: numbers without gaps, no command twice. The rest is looked at by the statement. */
  #isWhole({ lab, inputs }: Append): boolean {
    const commands = new Set(inputs.map(({ command }) => command));
    const ok = commands.size === inputs.length && inputs.every(follows);
    if (!ok) this.#log('inputs of a lab do not follow each other', { lab });
    return ok;
  }
}

const follows = ({ seq }: JournaledInput, index: number, all: readonly JournaledInput[]): boolean =>
  index === 0 || seq === (all[index - 1]?.seq ?? 0) + 1;

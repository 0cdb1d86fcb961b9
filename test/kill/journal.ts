import postgres from 'postgres';
import { must } from '../../server/base/assert.ts';
import type { Json } from '../../server/base/json.ts';
import { parseLabFile } from '../../server/lab/lab-file.ts';
import type { JournaledInput } from '../../server/lab/port.ts';
import { recover } from '../../server/lab/recovery.ts';
import type { LabId } from '../../server/protocol/id.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { SIMULATION, found } from '../../server/sim/simulation.ts';
import { digestOf } from './ledger.ts';

// What is true, read from Postgres by SQL, and what follows from it, by replaying it from the lab
// file on. No row behind the journal and no keyframe takes part in that replay.

export interface Told {
  readonly inputs: readonly JournaledInput[];
  /** Commands that stand in the journal more than once, on whatever branch. */
  readonly repeated: readonly string[];
  /** By number. */
  readonly factsInRows: ReadonlyMap<number, string>;
  readonly file: string;
  readonly promised: number;
  readonly lineage: number;
  readonly clock: { readonly turn: number; readonly stateHash: string } | null;
  readonly marks: readonly { readonly turn: number; readonly at: number; readonly hash: string }[];
  readonly keyframes: number;
}

const whole = (value: unknown): number => Number(value);

export const readJournal = async (url: string, lab: string): Promise<Told> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [clock] = await sql`
      select l.file, c.* from lab_clock c join lab l on l.id = c.lab where c.lab = ${lab}`;
    const {
      file,
      branch,
      promised,
      lineage,
      projected_turn: turn,
      state_hash: stateHash,
    } = must(clock, 'the lab was opened');
    const inputs = await sql`select * from input where branch = ${branch} order by seq`;
    const repeated = await sql`
      select i.command from input i join branch b on b.id = i.branch where b.lab = ${lab}
      group by i.command having count(*) > 1`;
    const facts = new Map<number, string>();
    await sql`
      select n, turn, at, kind, "from", "to", host, vm, cause, audience, summary, data
      from fact where branch = ${branch} order by n`.cursor(2_000, rows => {
      for (const row of rows) facts.set(whole(row['n']), digestOf(factOf(row)));
    });
    const marks = await sql`select turn, at, hash from mark where branch = ${branch} order by at`;
    const [{ count } = { count: 0 }] = await sql`
      select count(*)::int as count from keyframe where branch = ${branch}`;
    return {
      inputs: inputs.map(inputOf),
      repeated: repeated.map(({ command }) => String(command)),
      factsInRows: facts,
      file: String(file),
      promised: whole(promised),
      lineage: whole(lineage),
      clock: turn === null ? null : { turn: whole(turn), stateHash: String(stateHash) },
      marks: marks.map(mark => ({
        turn: whole(mark['turn']),
        at: whole(mark['at']),
        hash: String(mark['hash']),
      })),
      keyframes: whole(count),
    };
  } finally {
    await sql.end();
  }
};

/** Inputs that people gave, on whatever branch. */
export const countInputsOfPeople = async (url: string, lab: string): Promise<number> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql`
      select count(*)::int as count from input i join branch b on b.id = i.branch
      where b.lab = ${lab} and i.person is not null`;
    return whole(row?.['count']);
  } finally {
    await sql.end();
  }
};

type Row = Readonly<Record<string, unknown>>;

const factOf = (row: Row): object => ({
  ...row,
  n: whole(row['n']),
  turn: whole(row['turn']),
  at: whole(row['at']),
  cause: row['cause'] === null ? null : whole(row['cause']),
});

const inputOf = (row: Row): JournaledInput => ({
  seq: whole(row['seq']),
  at: whole(row['at']) as SimTime,
  turn: whole(row['turn']),
  command: String(row['command']),
  person: row['person'] as JournaledInput['person'],
  op: String(row['op']),
  args: row['args'] as Json,
  result: row['result'] as JournaledInput['result'],
  hash: String(row['hash']),
  poisoned: row['poisoned'] === true,
  receivedAt: 0,
});

export interface Replayed {
  readonly facts: ReadonlyMap<number, string>;
  /** Action facts by the input they are of. */
  readonly actions: ReadonlyMap<number, number>;
  /** What the replay came to that the journal or the marks have otherwise. */
  readonly differences: readonly string[];
  readonly turn: number;
}

/** The whole life of the lab once more, without a kill. */
export const replayJournal = (lab: string, told: Told): Replayed => {
  const { file, inputs, promised, lineage } = told;
  const { value: labFile } = must(okOf(parseLabFile(file)), 'only a checked lab file is stored');
  const opened = {
    lab: lab as LabId,
    name: '',
    file,
    branch: 0,
    lineage,
    lease: 0,
    promised: promised as SimTime,
    simulation: SIMULATION.version,
    shared: 0,
    journaledSeq: inputs.length,
    keptTurn: 0,
    image: null,
    imageSeq: 0,
    start: null,
    begin: null,
    notes: [],
    inputs,
    commands: [],
  };
  const { machine, differences } = recover(
    opened,
    {
      simulation: SIMULATION,
      found: turn => found(turn, labFile),
      seedOf: () => labFile.seed,
    },
    () => undefined,
  );
  const facts = new Map<number, string>();
  const actions = new Map<number, number>();
  for (const fact of machine.world.factsForProjection) {
    facts.set(fact.n, digestOf(fact));
    if (fact.kind !== 'action' || fact.from === 'vmms') continue;
    const { seq } = fact.data;
    if (typeof seq === 'number') actions.set(seq, (actions.get(seq) ?? 0) + 1);
  }
  const marked = new Map(machine.marks.map(mark => [mark.at as number, mark]));
  const otherMarks = told.marks
    .filter(({ at, hash, turn }) => {
      const ours = marked.get(at);
      return ours === undefined || ours.hash !== hash || ours.turn !== turn;
    })
    .map(({ at, turn }) => `the mark at ${at}, turn ${turn}, is another in a replay`);
  return {
    facts,
    actions,
    differences: [...differences, ...otherMarks],
    turn: machine.turn,
  };
};

const okOf = <T extends { readonly ok: boolean }>(result: T): Extract<T, { ok: true }> | null =>
  result.ok ? (result as Extract<T, { ok: true }>) : null;

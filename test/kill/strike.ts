import { address, draw } from '../../server/base/prng.ts';

// Where a server is killed. The server kills itself there: from outside nobody hits a moment that
// lasts a few microseconds. It learns where from a preload that only this harness gives it, so no
// line of the product knows of it.

/** In the order in which a command passes them. */
export const MOMENTS = [
  /** Applied in memory, nothing of it sent to the database. */
  'before-append',
  /** The database has the statement; whether it commits, nobody knows. */
  'append',
  /** Committed, and nobody was told. */
  'publish',
  /** Rows are written behind the journal: before, during or just after. */
  'projection',
  /** A whole state is kept: before, during or just after. */
  'keyframe',
  /** The lab comes back from the last kill: its lease taken, or inputs half replayed. */
  'recovery',
] as const;

export type Moment = (typeof MOMENTS)[number];

export interface Strike {
  readonly moment: Moment;
  readonly lab: string;
  /** Which passing of the moment it is, from 1. */
  readonly passing: number;
  /** Before it, while it is under way, or after it; where the moment has such parts. */
  readonly part: 'before' | 'during' | 'after';
  /** How long "during" waits, in milliseconds. */
  readonly delay: number;
  /** In replay: how many moves of the machine are made again first. */
  readonly moves: number;
  /** The file with the pid of Postgres, when Postgres dies in the same instant. */
  readonly postmaster: string | null;
  /** Turns between keyframes, so that a round need not wait for thousands of them. */
  readonly keyframeTurns: number | null;
}

/** The environment variable by which a server learns where it ends. */
export const STRIKE = 'ENLIGHTEN_TEST_STRIKE';

/** What the server's last line begins with. */
export const STRUCK = 'struck:';

export interface Round {
  readonly number: number;
  readonly moment: Moment;
  readonly withPostgres: boolean;
  /** Of one seed, the n-th die is always the same. */
  readonly die: (name: string, faces: number) => number;
}

/** Every moment as often as any other, in an order by seed; one round in five takes Postgres along. */
export const planRounds = (seed: number, rounds: number): readonly Round[] => {
  const root = address(`kill ${seed}`);
  const moments = Array.from({ length: rounds }, (_, n) => MOMENTS[n % MOMENTS.length] as Moment);
  for (let n = moments.length - 1; n > 0; n -= 1) {
    const other = draw(root, address('order'), n) % (n + 1);
    const [one, two] = [moments[n] as Moment, moments[other] as Moment];
    moments[n] = two;
    moments[other] = one;
  }
  return moments.map((moment, number) => ({
    number: number + 1,
    moment,
    withPostgres: number % 5 === 3,
    die: (name, faces) => draw(root, address(name), number) % faces,
  }));
};

const PARTS = ['before', 'during', 'after'] as const;

export interface Target {
  readonly lab: string;
  readonly postmaster: string;
}

export const strikeOf = ({ moment, withPostgres, die }: Round, target: Target): Strike => ({
  moment,
  lab: target.lab,
  passing: 1 + die('passing', PASSINGS[moment]),
  part: PARTS[die('part', PARTS.length)] ?? 'before',
  delay: die('delay', 5),
  moves: die('moves', 40),
  postmaster: withPostgres ? target.postmaster : null,
  keyframeTurns: moment === 'keyframe' ? 40 + die('keyframe', 200) : null,
});

/** Appends come many a second, rows once a second; a recovery is over before a second one. */
const PASSINGS = {
  'before-append': 60,
  append: 60,
  publish: 60,
  projection: 3,
  keyframe: 2,
  recovery: 1,
} as const satisfies Record<Moment, number>;

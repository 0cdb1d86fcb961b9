import { type Arrival, Campaign } from './campaign.ts';
import { readJournal, replayJournal } from './journal.ts';
import { type Counts, judge, KINDS } from './judge.ts';
import { readLedger } from './ledger.ts';
import {
  type Struck,
  type Usurped,
  frozenOwnerRound,
  killRound,
  postgresRound,
  startFor,
} from './rounds.ts';
import type { End } from './server-process.ts';
import { MOMENTS, type Moment, planRounds } from './strike.ts';

export interface KillOptions {
  readonly seed: number;
  /** Kills of the server; one in five takes Postgres along. */
  readonly rounds: number;
  /** Postgres alone is ended and comes back. */
  readonly restarts: number;
  /** The server is frozen and another takes over. */
  readonly frozen: number;
  readonly bots: number;
  readonly hosts: number;
  readonly vms: number;
  /** Virtual machines that are to be on their way up at any moment. */
  readonly midStart: number;
  /** Leaves ledgers, database and log where they are. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

export interface KillReport extends Counts {
  readonly kill: 'report';
  readonly seed: number;
  readonly rounds: number;
  readonly vms: number;
  /** The fewest machines that were on their way up when a server came back. */
  readonly midStart: number;
  readonly bots: number;
  /** How often the server died at each moment. */
  readonly moments: Readonly<Record<Moment, number>>;
  readonly notAtMoment: number;
  readonly withPostgres: number;
  readonly postgresRestarts: number;
  readonly frozenOwners: number;
  readonly frozenNotEnded: number;
  readonly frozenWrote: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly refusedAtBorder: number;
  readonly inputs: number;
  readonly facts: number;
  readonly factsSeen: number;
  readonly statesSeen: number;
  readonly keyframes: number;
  readonly resumes: number;
  readonly deltaShare: number;
  /** From exec to the first packet after the first state, milliseconds. */
  readonly liveP95: number;
  readonly liveP95WithPostgres: number;
  readonly firstStateP95: number;
  readonly lastBotP95: number;
  readonly postgresBackP95: number;
  readonly takeoverP95: number;
  /** A sentence for each promise that was not kept. */
  readonly broken: readonly string[];
  readonly ok: boolean;
}

/** Kills a server as often as it was told, and says what that cost anybody. */
export const kill = async (options: KillOptions): Promise<KillReport> => {
  const { say, keep } = options;
  const campaign = await Campaign.begin(options);
  let passed = false;
  try {
    const found = await fight(campaign, options);
    const report = await account(campaign, options, found);
    passed = report.ok;
    return report;
  } finally {
    if (keep || !passed) say(`Everything is kept in ${campaign.folder}`);
    await campaign.leave({ keep: keep || !passed });
  }
};

interface Found {
  readonly struck: readonly Struck[];
  readonly postgresBack: readonly number[];
  readonly usurped: readonly Usurped[];
}

const fight = async (
  campaign: Campaign,
  { seed, rounds, restarts, frozen, say }: KillOptions,
): Promise<Found> => {
  const plan = planRounds(seed, rounds);
  const struck: Struck[] = [];
  const postgresBack: number[] = [];
  const usurped: Usurped[] = [];
  const isDue = (done: number, of: number, at: number): boolean =>
    done < of && at * of >= (done + 1) * rounds;
  // The first server was not armed: it had no lab yet to be killed in.
  await campaign.answers(campaign.bots.length * 2);
  if (plan[0] !== undefined && plan[0].moment !== 'recovery') {
    await campaign.server.kill();
    startFor(campaign, plan[0]);
  }
  for (const [index, round] of plan.entries()) {
    const next = plan[index + 1];
    const wantsPostgres = isDue(postgresBack.length, restarts, index + 1);
    const wantsFrozen = isDue(usurped.length, frozen, index + 1);
    const isPeace = wantsPostgres || wantsFrozen;
    const one = await killRound(campaign, round, isPeace ? undefined : next);
    struck.push(one);
    say(`${round.number}. ${sentenceOf(one)}`);
    if (wantsPostgres) {
      const back = await postgresRound(campaign, postgresBack.length);
      postgresBack.push(back);
      say(`   Postgres ended: answers again after ${ms(back)}`);
    }
    if (wantsFrozen) {
      const one = await frozenOwnerRound(campaign);
      usurped.push(one);
      say(
        `   owner frozen: the second ready after ${ms(one.takeover)}, the first ${one.firstEnded ? 'ended' : 'DID NOT END'}, wrote ${one.wroteOn}`,
      );
    }
    if (isPeace && next !== undefined && next.moment !== 'recovery') {
      await campaign.server.kill();
      startFor(campaign, next);
    }
  }
  await campaign.answers(campaign.bots.length);
  return { struck, postgresBack, usurped };
};

const sentenceOf = ({ moment, withPostgres, atMoment, arrival }: Struck): string => {
  const where = `${moment}${withPostgres ? ' and Postgres' : ''}${atMoment ? '' : ' (from outside)'}`;
  if (arrival === null) return `${where}: the next server died before all bots were back`;
  const { first, last, live, midStart } = arrival;
  return `${where}: first state ${ms(first)}, live ${ms(live)}, last bot ${ms(last)}, ${midStart} mid-start`;
};

const account = async (
  campaign: Campaign,
  options: KillOptions,
  found: Found,
): Promise<KillReport> => {
  const { seed, rounds, vms, bots, say } = options;
  const end = await campaign.settle();
  if (end !== 0) say(`The server ended with ${end} when it was asked to.`);
  const { lab, resumes } = campaign;
  const told = await campaign.withDatabase(url => readJournal(url, lab));
  say(`Replaying ${told.inputs.length} inputs up to lab time ${told.promised / 10_000_000} s.`);
  const replayed = replayJournal(lab, told);
  const verdict = judge(campaign.ledgers.map(readLedger), told, replayed);
  for (const sentence of verdict.sentences) say(sentence);
  const { struck, usurped, postgresBack } = found;
  const alone = arrivalsOf(struck.filter(({ withPostgres }) => !withPostgres));
  const together = arrivalsOf(struck.filter(({ withPostgres }) => withPostgres));
  const all = resumes.packets + resumes.pictures;
  const report = {
    kill: 'report',
    seed,
    rounds,
    vms,
    midStart: [...alone, ...together].reduce((least, one) => Math.min(least, one.midStart), vms),
    bots,
    moments: Object.fromEntries(
      MOMENTS.map(name => [
        name,
        struck.filter(({ moment, atMoment }) => atMoment && moment === name).length,
      ]),
    ) as Record<Moment, number>,
    notAtMoment: struck.filter(({ atMoment }) => !atMoment).length,
    withPostgres: struck.filter(({ withPostgres }) => withPostgres).length,
    postgresRestarts: postgresBack.length,
    frozenOwners: usurped.length,
    frozenNotEnded: usurped.filter(({ firstEnded }) => !firstEnded).length,
    frozenWrote: usurped.reduce((sum, { wroteOn }) => sum + wroteOn, 0),
    sent: verdict.sent,
    acknowledged: verdict.acknowledged,
    refusedAtBorder: verdict.refusedAtBorder,
    inputs: told.inputs.length,
    facts: replayed.facts.size,
    factsSeen: verdict.factsSeen,
    statesSeen: verdict.statesSeen,
    keyframes: told.keyframes,
    ...verdict.counts,
    resumes: all,
    deltaShare: all === 0 ? 1 : Math.round((resumes.packets / all) * 1_000) / 1_000,
    liveP95: p95(alone.map(({ live }) => live)),
    liveP95WithPostgres: p95(together.map(({ live }) => live)),
    firstStateP95: p95(alone.map(({ first }) => first)),
    lastBotP95: p95(alone.map(({ last }) => last)),
    postgresBackP95: p95(postgresBack),
    takeoverP95: p95(usurped.map(({ takeover }) => takeover)),
  } as const;
  const broken = brokenBounds({ ...report, ...verdict.counts }, end);
  for (const sentence of broken) say(`Broken: ${sentence}`);
  return { ...report, broken, ok: broken.length === 0 };
};

type Measured = Omit<KillReport, 'ok' | 'broken'>;

/** A sentence for each promise that was not kept. */
const brokenBounds = (report: Measured, end: End): readonly string[] => {
  const none = (count: keyof Measured): string | null =>
    report[count] === 0 ? null : `${count} is ${String(report[count])}, and must be 0`;
  const within = (figure: keyof Measured, bound: number): string | null =>
    Number(report[figure]) <= bound
      ? null
      : `${figure} is ${String(report[figure])} ms, and must be at most ${bound}`;
  return [
    ...KINDS.map(none),
    // A moment that no round met was not tried.
    ...MOMENTS.filter(name => report.rounds >= MOMENTS.length && report.moments[name] === 0).map(
      name => `no round struck at its moment: ${name}`,
    ),
    none('frozenNotEnded'),
    none('frozenWrote'),
    within('liveP95', LIVE_MS),
    within('liveP95WithPostgres', LIVE_WITH_POSTGRES_MS),
    report.deltaShare >= DELTA_SHARE
      ? null
      : `deltaShare is ${report.deltaShare}, and must be at least ${DELTA_SHARE}`,
    end === 0 ? null : `the server ended with ${end} when it was asked to end`,
  ].filter(sentence => sentence !== null);
};

/** What the project promises. */
const LIVE_MS = 2_000;
const LIVE_WITH_POSTGRES_MS = 5_000;
const DELTA_SHARE = 0.95;

const arrivalsOf = (struck: readonly Struck[]): readonly Arrival[] =>
  struck.flatMap(({ arrival }) => arrival ?? []);

const ms = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;

/** The nearest rank; 0 when there is nothing. */
const p95 = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0);
};

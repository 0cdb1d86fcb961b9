import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrival, Campaign } from './campaign.ts';
import { countInputsOfPeople } from './journal.ts';
import { type Moment, type Round, strikeOf } from './strike.ts';

export interface Struck {
  readonly moment: Moment;
  readonly withPostgres: boolean;
  /** It died at its moment; otherwise the harness had to kill it. */
  readonly atMoment: boolean;
  /** Null when the next server died before all bots were back. */
  readonly arrival: Arrival | null;
}

/** How long a server may take to come to its moment. */
const PATIENCE_MS = 25_000;

/** The running server is armed already, except before a recovery: that one is of its successor. */
export const killRound = async (
  campaign: Campaign,
  round: Round,
  next: Round | undefined,
): Promise<Struck> => {
  const { moment, withPostgres } = round;
  if (moment === 'recovery') {
    await sleep(300 + round.die('life', 1_200));
    await campaign.server.kill();
    campaign.start(strikeOf(round, campaign.target));
  }
  const { server } = campaign;
  const atMoment = (await server.endsWithin(PATIENCE_MS)) !== null && server.struck !== null;
  if (server.end === null) {
    if (withPostgres) campaign.strikePostgres('SIGKILL');
    await server.kill();
  } else if (!atMoment) {
    throw new Error(`the server ended by itself (${server.end}):\n${server.said.slice(-3_000)}`);
  }
  startFor(campaign, next);
  const arrival = await campaign.arrival();
  return { moment, withPostgres, atMoment, arrival };
};

/** A server that dies in the round that comes, at its moment. */
export const startFor = (campaign: Campaign, round: Round | undefined): void => {
  const isArmed = round !== undefined && round.moment !== 'recovery';
  campaign.start(isArmed ? strikeOf(round, campaign.target) : null);
};

/** Postgres goes and comes back below a living server: at once, or asked to end. Milliseconds. */
export const postgresRound = async (campaign: Campaign, number: number): Promise<number> => {
  const begun = performance.now();
  campaign.strikePostgres(number % 2 === 0 ? 'SIGKILL' : 'SIGINT');
  await campaign.answers(campaign.bots.length * 2);
  return performance.now() - begun;
};

export interface Usurped {
  /** From exec of the second server to its readiness, most of it waiting for the first to be silent. */
  readonly takeover: number;
  readonly arrival: Arrival | null;
  readonly firstEnded: boolean;
  /** Inputs that the first journaled after it was frozen. */
  readonly wroteOn: number;
}

/**
 * The owner is frozen, as a machine that hangs; another takes the labs over; then the first wakes
 * with commands in its sockets that nobody else was given. It must end, and none of them be done.
 */
export const frozenOwnerRound = async (campaign: Campaign): Promise<Usurped> => {
  const first = campaign.server;
  campaign.close();
  first.signal('SIGSTOP');
  // The bots talk on into its sockets; what they say now is on their disks only.
  await sleep(500);
  const second = campaign.startBeside();
  await second.says(/Enlighten is ready/);
  const takeover = performance.now() - second.executedAt;
  // The second opens the lab before the first wakes: from then on the first is fenced.
  const leave = await campaign.visit(second);
  const before = await countInputsOfPeople(campaign.databaseUrl, campaign.lab);
  first.signal('SIGCONT');
  const firstEnded = (await first.endsWithin(15_000)) !== null;
  const after = await countInputsOfPeople(campaign.databaseUrl, campaign.lab);
  if (!firstEnded) await first.kill();
  leave();
  campaign.open(second);
  return {
    takeover,
    firstEnded,
    wroteOn: after - before,
    arrival: await campaign.arrival(),
  };
};

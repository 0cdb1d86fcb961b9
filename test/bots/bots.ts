import { Bot } from './bot.ts';
import type { Ticket } from './entrance.ts';
import { joinAs, socketUrl } from './entrance.ts';
import type { Findings } from './findings.ts';
import { findingsOf, percentile } from './findings.ts';
import { Ledger, readLedger } from './ledger.ts';

export interface BotsOptions {
  /** `http://localhost:7420`. */
  readonly url: string;
  readonly count: number;
  /** Who they are: guests of this join link, or people who came in otherwise. */
  readonly enter: { readonly join: string } | { readonly tickets: readonly Ticket[] };
  /** The file they write to. */
  readonly ledger: string;
  readonly seed: number;
  readonly everyMs?: number;
  readonly inFlight?: number;
  readonly vms?: number;
}

export interface Bots {
  readonly bots: readonly Bot[];
  /** Lets them finish what they wait for, and says what the ledger says. */
  stop(graceMs?: number): Promise<Findings>;
}

/** A class of simulated learners. Everything they do follows from the seed and from what they see. */
export async function startBots(options: BotsOptions): Promise<Bots> {
  const { url, count, enter, seed, everyMs = 2_000, inFlight = 2, vms = 2 } = options;
  const ledger = await Ledger.open(options.ledger);
  const bots: Bot[] = [];
  for (let n = 1; n <= count; n += 1) {
    const name = `Bot ${n}`;
    const ticket = 'join' in enter ? await joinAs(url, enter.join, name) : enter.tickets[n - 1];
    if (ticket === undefined) throw new Error(`there is no ticket for ${name}`);
    const place = { name, url: socketUrl(url), ticket, ledger, seed };
    bots.push(new Bot({ ...place, everyMs, inFlight, vms }));
  }
  return {
    bots,
    async stop(graceMs = 10_000) {
      await Promise.all(bots.map(bot => bot.stop(graceMs)));
      await ledger.close();
      return findingsOf(await readLedger(options.ledger));
    },
  };
}

/** The findings as one line of figures. */
export function summary(findings: Findings): { readonly [figure: string]: number | null } {
  const { latencies, acknowledged, unanswered, answersChanged, positionsBack, ...counts } =
    findings;
  return {
    ...counts,
    acknowledged: acknowledged.length,
    unanswered: unanswered.length,
    answersChanged: answersChanged.length,
    positionsBack: positionsBack.length,
    answerP50Ms: percentile(latencies, 0.5),
    answerP99Ms: percentile(latencies, 0.99),
  };
}

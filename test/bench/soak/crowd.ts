import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '../../../client/link/port.ts';
import { joinAs, socketUrl, type Ticket } from '../../bots/entrance.ts';
import { Bot } from '../../bots/bot.ts';
import type { Entry } from '../../bots/ledger.ts';
import { makeJoinLink } from '../../kill/entry.ts';
import type { BenchHouse } from '../bench-house.ts';

const EVERY_MS = 2_000;
/** So long after the last deed what it began may go on, before everything counts as idle. */
const SETTLE_MS = 10_000;
const LONGEST_SETTLE_MS = 25_000;
const RESET_EVERY_MS = 60_000;

/** A ledger of an hour is a gigabyte; here it is only asked whether anybody does anything. */
class Count {
  answers = 0;
  lost = 0;

  append(_bot: string, { type }: Entry): Promise<void> {
    if (type === 'answer') this.answers += 1;
    if (type === 'lost') this.lost += 1;
    return Promise.resolve();
  }
}

/** Bots as of `npm run bots`, and somebody who keeps the watched machine and the console busy. */
export class Crowd {
  readonly count = new Count();
  readonly #bots: readonly Bot[];
  readonly #link: Link;
  readonly #hand: NodeJS.Timeout;
  #isPaused = false;

  private constructor(link: Link, start: (count: Count) => readonly Bot[], work: () => void) {
    this.#link = link;
    this.#bots = start(this.count);
    this.#hand = setInterval(() => {
      if (!this.#isPaused) work();
    }, RESET_EVERY_MS);
  }

  static async of(
    house: BenchHouse,
    lab: string,
    { link, bots, vm }: { readonly link: Link; readonly bots: number; readonly vm: string },
  ): Promise<Crowd> {
    const token = await makeJoinLink(house.url, house.instructor, lab);
    const names = Array.from({ length: bots }, (_, index) => `Bot ${index + 1}`);
    const tickets: { readonly name: string; readonly ticket: Ticket }[] = [];
    for (const name of names) tickets.push({ name, ticket: await joinAs(house.url, token, name) });
    const console = await openConsole(link);
    const start = (ledger: Count): readonly Bot[] =>
      tickets.map(({ name, ticket }) => {
        const place = { name, url: socketUrl(house.url), ticket, ledger, seed: 1 };
        return new Bot({ ...place, everyMs: EVERY_MS, inFlight: 2, vms: 2 });
      });
    return new Crowd(link, start, () => {
      void link.submit('vm.reset', { vm });
      void link.consoles.ask(console, { do: 'enter', text: 'Get-VM' });
    });
  }

  /** Nobody does anything meanwhile, and nothing that was begun is still under way, or not for long. */
  async idle(during: () => Promise<void>): Promise<void> {
    this.#isPaused = true;
    for (const bot of this.#bots) bot.pause();
    const deadline = performance.now() + LONGEST_SETTLE_MS;
    await sleep(SETTLE_MS);
    while (this.#isBusy && performance.now() < deadline) await sleep(200);
    await during();
    for (const bot of this.#bots) bot.goOn();
    this.#isPaused = false;
  }

  async stop(): Promise<void> {
    clearInterval(this.#hand);
    await Promise.all(this.#bots.map(bot => bot.stop(10_000)));
  }

  get #isBusy(): boolean {
    const scope = this.#link.scope('lab');
    const jobs = [...(scope?.records('job') ?? [])];
    return jobs.some(({ values }) => values['state'] === 'Running');
  }
}

async function openConsole(link: Link): Promise<string> {
  link.consoles.want();
  const [host] = [...(link.scope('lab')?.records('host') ?? [])].map(({ id }) => id);
  const what = { do: 'open', host: host as `host:${string}`, columns: 120 } as const;
  const { console: id, message } = await link.consoles.ask(null, what);
  if (id === null) throw new Error(`no console: ${message}`);
  return id;
}

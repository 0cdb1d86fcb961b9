import type { ConsoleEyes } from '../../client/link/console-desk.ts';
import type { Link } from '../../client/link/port.ts';
import type { ConsoleNow } from '../../server/protocol/wire/down.ts';
import { labUnderFire } from '../kill/lab-under-fire.ts';
import { inHouse } from './bench-house.ts';
import type { Bench, Figure, Say } from './figure.ts';
import { median, percentile, rounded } from './figure.ts';
import { enter, until } from './people.ts';

const VMS = 400;
const TIMES = 200;
const PIPELINES = 15;
/** The first few warm what is compiled on the way. */
const WARM = 5;

/** From entering a line to the prompt that comes back, with all of its text told. */
class Typist {
  readonly #link: Link;
  readonly #id: string;
  text = '';
  #ready: (() => void) | null = null;

  constructor(link: Link, id: string) {
    this.#link = link;
    this.#id = id;
    const eyes: ConsoleEyes = {
      text: (text, whole) => {
        this.text = whole ? text : this.text + text;
      },
      now: now => this.#stands(now),
      history: () => undefined,
    };
    link.consoles.want();
    link.consoles.look(id, eyes);
  }

  async type(text: string): Promise<number> {
    this.text = '';
    const began = performance.now();
    const prompt = new Promise<void>(resolve => {
      this.#ready = resolve;
    });
    const answer = await this.#link.consoles.ask(this.#id, { do: 'enter', text });
    if (!answer.ok) throw new Error(`the console refused: ${answer.message}`);
    await prompt;
    return performance.now() - began;
  }

  async complete(text: string): Promise<number> {
    const began = performance.now();
    const what = { do: 'complete', text, cursor: text.length } as const;
    const { ok, matches, message } = await this.#link.consoles.ask(this.#id, what);
    if (!ok || matches.length === 0) throw new Error(`nothing completes ${text}: ${message}`);
    return performance.now() - began;
  }

  #stands({ state }: ConsoleNow): void {
    // The prompt behind the line, not the one before it: that one has no text of ours yet.
    if (state !== 'ready' || this.text === '') return;
    this.#ready?.();
    this.#ready = null;
  }
}

async function typist(link: Link): Promise<Typist> {
  link.watch('lab');
  await until(link, () => [...(link.scope('lab')?.records('vm') ?? [])].length === VMS);
  const [host] = [...(link.scope('lab')?.records('host') ?? [])].map(({ id }) => id);
  const opened = await link.consoles.ask(null, {
    do: 'open',
    host: host as `host:${string}`,
    columns: 120,
  });
  if (opened.console === null) throw new Error(`no console: ${opened.message}`);
  const hand = new Typist(link, opened.console);
  await hand.type('1');
  return hand;
}

/** Between two lines of a person; a long one is thought about longer. */
const PAUSE_MS = 60;
const LONG_PAUSE_MS = 2_500;

const patience = async (
  count: number,
  pause: number,
  once: () => Promise<number>,
): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let time = 0; time < count + WARM; time += 1) {
    const took = await once();
    if (time >= WARM) times.push(took);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
  return times;
};

async function measure(link: Link, say: Say): Promise<readonly Figure[]> {
  const hand = await typist(link);
  const tables = await patience(TIMES, PAUSE_MS, () => hand.type('Get-VM'));
  const rows = hand.text.split('\n').filter(line => /^HV\d\d-VM/.test(line)).length;
  if (rows !== VMS) throw new Error(`Get-VM printed ${rows} machines`);
  const completions = await patience(TIMES, PAUSE_MS, () => hand.complete('Start-VM HV01-VM0'));
  const line = '(1..10000 | where { $_ % 3 } | sort -Descending | select -First 9000).Count';
  const pipelines = await patience(PIPELINES, LONG_PAUSE_MS, () => hand.type(line));
  say(`shell: Get-VM median ${rounded(median(tables))} ms of ${TIMES}`);
  const figure = (name: string, times: readonly number[], most: number): Figure => {
    const ours = rounded(percentile(times, 0.95));
    const bar = `ours<=${most}`;
    return { bench: 'shell', figure: name, unit: 'ms', ours, rounds: 1, bar, ok: ours <= most };
  };
  return [
    figure('p95_get_vm_of_400', tables, 50),
    figure('p95_completion', completions, 50),
    figure('p95_10000_objects_where_sort_select', pipelines, 300),
  ];
}

export const shell: Bench = {
  name: 'shell',
  about:
    'prompt to prompt of Get-VM over 400 machines, completion, and a pipeline of 10,000 objects',
  run: say =>
    inHouse({ say }, async house => {
      // All on one host: Get-VM lists the machines of the host it runs on.
      const lab = await house.lab('Shell', labUnderFire({ hosts: 1, vms: VMS, seed: 'shell' }));
      const [guest] = await house.guests(lab, 1);
      if (guest === undefined) throw new Error('there is a guest');
      const link = enter(house, lab, guest);
      try {
        return await measure(link, say);
      } finally {
        link.close();
      }
    }),
};

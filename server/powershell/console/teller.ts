import { encode } from '../../lab/encode.ts';
import type { FromLab, ToCompanion } from '../../lab/port.ts';
import type { LabId } from '../../protocol/id.ts';
import type { ConsoleAnswer, Down } from '../../protocol/wire/down.ts';
import type { Who } from './keyboard.ts';
import type { SharedConsole } from './shared-console.ts';

type Request = Extract<ToCompanion, { t: 'console' }>;

/** An answer that says nothing but that it was done. */
export const NOTHING: ConsoleAnswer = {
  t: 'console-answer',
  id: '',
  ok: true,
  message: '',
  console: null,
  start: 0,
  end: 0,
  matches: [],
  history: [],
};

/** How connections are told of consoles. What it is given was durable before. */
export class Teller {
  readonly #lab: LabId;
  readonly #out: (message: FromLab) => void;

  constructor(lab: LabId, out: (message: FromLab) => void) {
    this.#lab = lab;
    this.#out = out;
  }

  /** To whoever looks at a console; who is slow is given its screen later instead. */
  viewers(
    { id, viewers }: { readonly id: string; readonly viewers: ReadonlyMap<number, Who> },
    message: Down,
    kind: 'text' | 'now',
  ): void {
    this.#send([...viewers.keys()], id, kind, message);
  }

  tell(connections: readonly number[], message: Down): void {
    this.#send(connections, null, 'control', message);
  }

  answer({ connection, request }: Request, more: Partial<ConsoleAnswer>): void {
    this.tell([connection], { ...NOTHING, id: request, ...more });
  }

  refuse(request: Request, message: string): void {
    this.answer(request, { ok: false, message });
  }

  #send(
    connections: readonly number[],
    console: string | null,
    kind: 'text' | 'now' | 'control',
    message: Down,
  ): void {
    if (connections.length === 0) return;
    const lab = this.#lab;
    const bytes = encode(message);
    this.#out({ t: 'console', lab, connections, console, class: kind, bytes });
  }
}

export const listOf = (consoles: readonly SharedConsole[]): Down => ({
  t: 'consoles',
  consoles: consoles.map(({ id, host, title, keyboard, viewers }) => ({
    id,
    host,
    title,
    driver: keyboard.driver,
    wants: keyboard.wants,
    viewers: distinct([...viewers.values()]),
  })),
});

function distinct(people: readonly Who[]): readonly Who[] {
  return [...new Map(people.map(who => [who.id, who])).values()];
}

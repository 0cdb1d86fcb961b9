import { expect, test } from 'vitest';
import type { ConsoleAnswer } from '../../server/protocol/wire/down.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import { ConsoleDesk } from './console-desk.ts';

const ANSWER: ConsoleAnswer = {
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

/** A desk, what it says, and time that passes when it is told to. */
function aDesk() {
  const said: UpInput[] = [];
  const later: (() => void)[] = [];
  let ids = 0;
  const desk = new ConsoleDesk(() => `request-${(ids += 1)}`, {
    after: (_ms, run) => (later.push(run), () => undefined),
  });
  const say = (message: UpInput): void => void said.push(message);
  const asked = (): readonly string[] =>
    said.flatMap(message => (message.t === 'console' ? [message.what.do] : []));
  const answers = async (answer: Partial<ConsoleAnswer>): Promise<void> => {
    const last = said.at(-1);
    desk.answered({ ...ANSWER, id: last?.t === 'console' ? last.id : '', ...answer });
    await Promise.resolve();
    await Promise.resolve();
  };
  const passes = (): void => {
    for (const run of later.splice(0)) run();
  };
  return { desk, say, asked, answers, passes };
}

const text = (message: string, to: number, whole = false) =>
  ({ t: 'console-text', console: 'console:1', text: message, to, whole }) as const;

test('a lab that knows of no consoles yet is asked again until it does', async () => {
  const { desk, say, asked, answers, passes } = aDesk();
  desk.want();
  desk.connected(say);

  await answers({ ok: false });
  passes();
  await answers({ ok: true });
  passes();

  expect(asked()).toEqual(['list', 'list']);
});

test('a connection that ended is not asked again; the next one is', async () => {
  const { desk, say, asked, answers, passes } = aDesk();
  desk.want();
  desk.connected(say);
  await answers({ ok: false });

  desk.disconnected();
  passes();
  const before = asked().length;
  desk.connected(message => say(message));

  expect([before, asked().length]).toEqual([1, 2]);
});

test('what is told twice is shown once, and who comes back asks from where they were', async () => {
  const { desk, say, asked, answers } = aDesk();
  let shown = '';
  const eyes = {
    text: (more: string, whole: boolean) => (shown = whole ? more : shown + more),
    now: () => undefined,
    history: () => undefined,
  };
  desk.want();
  desk.connected(say);
  desk.look('console:1', eyes);
  await answers({});

  desk.printed(text('one\n', 4, true));
  desk.printed(text('one\ntwo\n', 8));
  desk.disconnected();
  const again: UpInput[] = [];
  desk.connected(message => void again.push(message));

  expect(shown).toBe('one\ntwo\n');
  expect(asked()).toEqual(['list', 'look']);
  expect(again).toMatchObject([{ what: { do: 'list' } }, { what: { do: 'look', from: 8 } }]);
});

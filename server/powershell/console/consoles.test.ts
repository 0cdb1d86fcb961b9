import { expect, test } from 'vitest';
import { HandWall } from '../../../test/swarm/hand-wall.ts';
import type { ConsoleChange, ConsoleStore, StoredConsole } from '../../lab/console-store.ts';
import type { FromLab } from '../../lab/port.ts';
import { CALM, LAB, aDatabase, aServer } from '../../lab/toy-labs.fixture.ts';
import { enteredBy } from '../../protocol/wire/entered-by.ts';
import type { Down } from '../../protocol/wire/down.ts';
import type { ConsoleWhat } from '../../protocol/wire/up.ts';
import { Consoles } from './consoles.ts';
import { Lane } from './lane.ts';
import { toyShell } from './toy-shell.fixture.ts';

/** What the database would hold. */
class Kept implements ConsoleStore {
  consoles: StoredConsole[] = [];
  isAway = false;
  tries = 0;

  read(): Promise<readonly StoredConsole[]> {
    return Promise.resolve(this.consoles);
  }

  write(_lab: string, _lease: number, changes: readonly ConsoleChange[]): Promise<boolean> {
    this.tries += 1;
    if (this.isAway) return Promise.reject(new Error('away'));
    for (const change of changes) this.#apply(change);
    return Promise.resolve(true);
  }

  #apply(change: ConsoleChange): void {
    const { id } = change;
    if (change.c === 'closed') this.consoles = this.consoles.filter(one => one.id !== id);
    if (change.c === 'opened') {
      const { host, title } = change;
      this.consoles.push({ id, host, title, position: 0, text: '', lines: [], entered: 0 });
    }
    this.consoles = this.consoles.map(one => {
      if (one.id !== id) return one;
      if (change.c === 'entered')
        return { ...one, lines: [...one.lines, change.line], entered: change.n };
      if (change.c !== 'printed') return one;
      const text = one.text + change.text;
      return { ...one, text, position: text.length };
    });
  }
}

const ANN = { id: 'person:ann', name: 'Ann' } as const;
const BOB = { id: 'person:bob', name: 'Bob' } as const;

function aLab(kept = new Kept(), database = aDatabase(), weather = CALM, wall = new HandWall()) {
  const made: Consoles[] = [];
  const server = aServer(database, weather, wall, (lab, around) => {
    const { log, out } = around;
    const consoles = new Consoles(lab, {
      store: kept,
      loadShell: () => Promise.resolve(toyShell),
      lane: new Lane(wall, () => false),
      wall,
      log,
      out,
    });
    made.push(consoles);
    return consoles;
  });
  let asked = 0;
  const does = async (
    who: typeof ANN | typeof BOB,
    what: ConsoleWhat,
    id: string | null = null,
  ) => {
    const request = `request-${(asked += 1)}`;
    server.labs.post({
      t: 'console',
      lab: LAB,
      connection: who === ANN ? 1 : 2,
      person: who,
      role: 'learner',
      request,
      console: id,
      what,
    });
    await wall.pass(200);
    return told(server.seen).findLast(
      message => message.t === 'console-answer' && message.id === request,
    );
  };
  const opened = async (who: typeof ANN | typeof BOB): Promise<string> => {
    const answer = await does(who, { do: 'open', host: 'host:HV01', columns: 100 });
    const id = answer?.t === 'console-answer' ? (answer.console ?? '') : '';
    await does(who, { do: 'look', from: null }, id);
    return id;
  };
  const enters = (who: typeof ANN | typeof BOB, text: string, id: string) =>
    does(who, { do: 'enter', text }, id);
  return { ...server, kept, does, opened, enters, database, made };
}

const BY_ANN = enteredBy('Ann');

const told = (seen: readonly FromLab[]): Down[] =>
  seen.flatMap(message =>
    message.t === 'console' ? [JSON.parse(new TextDecoder().decode(message.bytes))] : [],
  );

/** What the screen of whoever looks from the beginning shows. */
const shown = (seen: readonly FromLab[], id: string): string =>
  told(seen).reduce(
    (text, message) =>
      message.t === 'console-text' && message.console === id
        ? (message.whole ? '' : text) + message.text
        : text,
    '',
  );

test('what a line prints is kept, then shown, behind its prompt and the line', async () => {
  const { seen, kept, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'say hello', id);

  expect(shown(seen, id)).toBe(`PS> say hello${BY_ANN}\nhello\n`);
  expect(kept.consoles[0]?.text).toBe(`PS> say hello${BY_ANN}\nhello\n`);
  expect(kept.consoles[0]?.lines).toEqual(['say hello']);
});

test('a line that prints nothing is over at once for everyone who looks', async () => {
  const { seen, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'remember this', id);

  const states = told(seen).flatMap(one => (one.t === 'console-now' ? [one.state] : []));
  expect(states.slice(-2)).toEqual(['running', 'ready']);
});

test('a console is opened where the administrator sits, and nowhere that is no computer', async () => {
  const { seen, does } = aLab();

  await does(ANN, { do: 'open', host: 'host:ADMIN01', columns: 100 });
  await does(ANN, { do: 'open', host: 'host:NOWHERE', columns: 100 });

  const list = told(seen).findLast(({ t }) => t === 'consoles');
  expect(list).toMatchObject({ consoles: [{ host: 'host:ADMIN01', title: 'ADMIN01' }] });
  expect(told(seen).at(-1)).toMatchObject({ ok: false });
});

test('nothing is shown that could not be kept, and it is shown once it could', async () => {
  const { seen, kept, opened, enters, wall } = aLab();
  const id = await opened(ANN);

  kept.isAway = true;
  await enters(ANN, 'say hello', id);
  const before = shown(seen, id);
  kept.isAway = false;
  await wall.pass(2_000);

  expect(before).toBe('');
  expect(shown(seen, id)).toBe(`PS> say hello${BY_ANN}\nhello\n`);
});

test('an operation is submitted in the name of who entered the line, and its answer comes back', async () => {
  const { seen, opened, enters, database } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'rename two', id);

  expect(shown(seen, id)).toContain('{"ok":true,"value":"two"}');
  expect(database.labs.get(LAB)?.inputs.map(({ op, person }) => [op, person])).toEqual([
    ['vm.rename', 'person:ann'],
  ]);
});

test('a line waits for the lab, and for a person', async () => {
  const { seen, opened, enters, does, submit, wall } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'until three', id);
  const before = shown(seen, id);
  submit('command-1', 'rename', { name: 'three' });
  await wall.pass(200);
  await enters(ANN, 'ask How? ', id);
  const asking = told(seen).findLast(message => message.t === 'console-now');
  await does(ANN, { do: 'answer', text: 'so' }, id);

  expect(before).not.toContain('it is three');
  expect(asking).toMatchObject({ state: 'asking', prompt: 'How? ' });
  expect(shown(seen, id)).toContain('it is three\n');
  expect(shown(seen, id)).toContain(`How? so${BY_ANN}\nheard so\n`);
});

test('a line that never ends hinders nobody, and Ctrl+C ends it', async () => {
  const { seen, opened, enters, does, submit } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'forever', id);
  submit('command-1', 'rename', { name: 'meanwhile' });
  await does(ANN, { do: 'cancel' }, id);
  await enters(ANN, 'name', id);

  expect(shown(seen, id)).toContain('tidied up\n');
  expect(shown(seen, id)).toContain(`PS> name${BY_ANN}\nmeanwhile\n`);
});

test('one drives; others look, ask for the keyboard, and get it by hand', async () => {
  const { seen, opened, enters, does } = aLab();
  const id = await opened(ANN);
  await does(BOB, { do: 'list' });
  await does(BOB, { do: 'look', from: null }, id);

  const refused = await enters(BOB, 'say mine', id);
  await does(BOB, { do: 'want', keyboard: true }, id);
  const asked = told(seen).findLast(message => message.t === 'consoles');
  await does(ANN, { do: 'hand', to: BOB.id }, id);
  await enters(BOB, 'say mine', id);

  expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('with Ann') });
  expect(asked).toMatchObject({ consoles: [{ driver: ANN, wants: [BOB], viewers: [ANN, BOB] }] });
  expect(shown(seen, id)).toContain(`PS> say mine${enteredBy('Bob')}\nmine\n`);
});

test('who entered a line, answered a question or pressed Ctrl+C stands in the text that is kept', async () => {
  const { kept, opened, enters, does } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'ask How? ', id);
  await does(ANN, { do: 'answer', text: 'so' }, id);
  await does(BOB, { do: 'list' });
  await does(ANN, { do: 'hand', to: BOB.id }, id);
  await enters(BOB, 'forever', id);
  await does(BOB, { do: 'cancel' }, id);

  const text = kept.consoles[0]?.text ?? '';
  const marks = [...text.matchAll(/(.*)\u001b\]7733;(\w+)\u0007\n/gu)];
  expect(marks.map(([, line, name]) => [line, name])).toEqual([
    ['PS> ask How? ', 'Ann'],
    ['How? so', 'Ann'],
    ['PS> forever', 'Bob'],
    ['^C', 'Bob'],
  ]);
});

test('who comes late or back gets the screen, or just what was missed', async () => {
  const { seen, opened, enters, does } = aLab();
  const id = await opened(ANN);
  await enters(ANN, 'say one', id);
  const from = `PS> say one${BY_ANN}\none\n`.length;

  await does(BOB, { do: 'look', from: null }, id);
  const whole = told(seen).findLast(message => message.t === 'console-text');
  await does(BOB, { do: 'leave' }, id);
  await enters(ANN, 'say two', id);
  await does(BOB, { do: 'look', from }, id);
  const missed = told(seen).findLast(message => message.t === 'console-text');

  expect(whole).toMatchObject({ whole: true, to: from, text: `PS> say one${BY_ANN}\none\n` });
  expect(missed).toMatchObject({ whole: false, text: `PS> say two${BY_ANN}\ntwo\n` });
});

test('a session that is left is followed by a new one, and the console says so', async () => {
  const { seen, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'remember this', id);
  await enters(ANN, 'exit', id);
  await enters(ANN, 'recall', id);

  expect(shown(seen, id)).toContain('This session was left.');
  expect(shown(seen, id).endsWith(`recall${BY_ANN}\nnothing\n`)).toBe(true);
});

test('after a restart text and lines are there, variables are gone, and it says so', async () => {
  const first = aLab();
  const id = await first.opened(ANN);
  await first.enters(ANN, 'remember this', id);
  void first.labs.close();
  await first.wall.pass(1_000);

  const second = aLab(first.kept, first.database);
  await second.does(ANN, { do: 'list' });
  await second.does(ANN, { do: 'take' }, id);
  await second.does(ANN, { do: 'look', from: null }, id);
  await second.enters(ANN, 'recall', id);

  expect(shown(second.seen, id)).toContain(`PS> remember this${BY_ANN}\n`);
  expect(shown(second.seen, id)).toContain('variables are gone');
  expect(shown(second.seen, id).endsWith(`recall${BY_ANN}\nnothing\n`)).toBe(true);
});

test('a line that ran when the lab was loaded again is gone, and its console goes on', async () => {
  const wall = new HandWall();
  let isAway = false;
  const before = (): Promise<void> =>
    isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve();
  const { seen, opened, enters, submit } = aLab(new Kept(), aDatabase(), { ...CALM, before }, wall);
  const id = await opened(ANN);
  await enters(ANN, 'until never', id);

  isAway = true;
  submit('command-1', 'rename', { name: 'lost?' });
  await wall.pass(300);
  isAway = false;
  await wall.pass(5_000);
  await enters(ANN, 'say again', id);

  expect(shown(seen, id)).toContain('variables are gone');
  expect(shown(seen, id).endsWith(`PS> say again${BY_ANN}\nagain\n`)).toBe(true);
});

test('nothing that a script prints steers the terminals of others', async () => {
  const { seen, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'say \u001b]0;mine\u0007 \u009b2J end', id);

  expect(shown(seen, id)).toContain(']0;mine 2J end\n');
});

test('a bug of the shell ends its line and says so; the console and its lab go on', async () => {
  const { seen, opened, enters, does, logged } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'bug', id);
  await enters(ANN, 'until a bug', id);
  const completed = await does(ANN, { do: 'complete', text: 'bug', cursor: 3 }, id);
  await enters(ANN, 'say on', id);

  expect(shown(seen, id).match(/failed inside the server/gu)).toHaveLength(2);
  expect(completed).toMatchObject({ ok: false });
  expect(shown(seen, id).endsWith(`PS> say on${BY_ANN}\non\n`)).toBe(true);
  expect(logged.filter(line => line.includes('console'))).toHaveLength(3);
});

test('a bug that shows while a lab moves on ends its line, and nobody else’s', async () => {
  const { seen, opened, enters, submit, wall } = aLab();
  const [one, two] = [await opened(ANN), await opened(BOB)];
  await enters(BOB, 'until moved', two);
  await enters(ANN, 'until moved by a bug', one);

  submit('command-1', 'rename', { name: 'moved' });
  await wall.pass(200);

  expect(shown(seen, one)).toContain('failed inside the server');
  expect(shown(seen, two)).toContain('it is moved\n');
});

test('what an input left half done is not printed, nor completed, while the lab is loaded again', async () => {
  const wall = new HandWall();
  let isSlow = false;
  const before = async (call: string): Promise<void> => {
    if (isSlow && call === 'open') await new Promise<void>(done => void wall.after(2_000, done));
  };
  const { seen, opened, enters, does, submit } = aLab(
    new Kept(),
    aDatabase(),
    { ...CALM, before },
    wall,
  );
  const id = await opened(ANN);

  isSlow = true;
  submit('command-1', 'throw');
  await wall.pass(100);
  const refused = await enters(ANN, 'name', id);
  const completed = await does(ANN, { do: 'complete', text: '', cursor: 0 }, id);
  await wall.pass(5_000);
  await enters(ANN, 'name', id);

  expect(JSON.stringify(told(seen))).not.toContain('half done');
  expect([refused, completed]).toMatchObject([{ ok: false }, { ok: false }]);
  expect(shown(seen, id).endsWith(`PS> name${BY_ANN}\none\n`)).toBe(true);
});

test('prompts, progress, what is typed and what was entered steer no terminal either', async () => {
  const { seen, opened, enters, does } = aLab();
  const id = await opened(ANN);

  await does(ANN, { do: 'typing', text: 'a\u001b[2Jb', cursor: 6 }, id);
  const typed = told(seen).findLast(message => message.t === 'console-now');
  await enters(ANN, `ask \u001b[2J${'How?'.repeat(5_000)}`, id);
  const asking = told(seen).findLast(message => message.t === 'console-now');
  await does(ANN, { do: 'answer', text: 'so' }, id);
  await enters(ANN, 'progress \u001b[2Jbusy', id);
  const busy = told(seen).findLast(
    message => message.t === 'console-now' && message.progress.length > 0,
  );
  const look = await does(BOB, { do: 'look', from: null }, id);

  const escape = String.raw`\u001b`;
  expect(typed).toMatchObject({ typing: { text: 'a\ufffd[2Jb', cursor: 6 } });
  expect(JSON.stringify(asking)).not.toContain(escape);
  expect(JSON.stringify(asking).length).toBeLessThan(4_000);
  expect(busy).toMatchObject({ progress: [{ activity: '[2Jbusy' }] });
  expect(JSON.stringify(look)).not.toContain(escape);
});

test('what was entered and opened is told once it is kept', async () => {
  const { seen, kept, opened, enters, does, wall } = aLab();
  const id = await opened(ANN);

  kept.isAway = true;
  const entered = await enters(ANN, 'say hello', id);
  const look = await does(BOB, { do: 'look', from: null }, id);
  const other = await does(BOB, { do: 'open', host: 'host:HV01', columns: 100 });
  await does(BOB, { do: 'list' });
  const listed = told(seen).findLast(message => message.t === 'consoles');
  kept.isAway = false;
  await wall.pass(2_000);

  expect([entered, other]).toEqual([undefined, undefined]);
  expect(look).toMatchObject({ history: [] });
  expect(listed).toMatchObject({ consoles: [{ id }] });
  expect(listed?.t === 'consoles' && listed.consoles).toHaveLength(1);
  const answers = told(seen).filter(message => message.t === 'console-answer' && message.ok);
  expect(answers.filter(({ t }) => t === 'console-answer')).toHaveLength(6);
  const after = await does(BOB, { do: 'look', from: null }, id);
  expect(after).toMatchObject({ history: ['say hello'] });
});

test('a script that commands without end is slowed down, and what is remembered of lines is bounded', async () => {
  const { opened, enters, does, database, wall } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'many 1000', id);
  const soon = database.labs.get(LAB)?.inputs.length ?? 0;
  await wall.pass(20_000);
  const all = database.labs.get(LAB)?.inputs.length ?? 0;
  for (let n = 0; n < 20; n += 1) await enters(ANN, `remember ${'x'.repeat(20_000)}`, id);
  const look = await does(BOB, { do: 'look', from: null }, id);

  expect(soon).toBeGreaterThan(40);
  expect(soon).toBeLessThan(200);
  expect(all).toBe(1_000);
  expect(JSON.stringify(look).length).toBeLessThan(100_000);
});

test('a lab that is put away while it is loaded again leaves nothing behind that goes on trying', async () => {
  const wall = new HandWall();
  const state = { isAway: false };
  const before = (): Promise<void> =>
    state.isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve();
  const kept = new Kept();
  const { opened, enters, submit, labs } = aLab(kept, aDatabase(), { ...CALM, before }, wall);
  const id = await opened(ANN);

  kept.isAway = true;
  await enters(ANN, 'say hello', id);
  state.isAway = true;
  submit('command-1', 'rename', { name: 'two' });
  await wall.pass(500);
  void labs.close();
  await wall.pass(1_000);
  const { tries } = kept;
  await wall.pass(20_000);

  expect(tries).toBeGreaterThan(0);
  expect(kept.tries).toBe(tries);
});

test('a console that is closed while it prints slows down no other', async () => {
  const wall = new HandWall();
  let isSlow = false;
  const before = async (call: string): Promise<void> => {
    if (isSlow && call === 'append') await new Promise<void>(done => void wall.after(900, done));
  };
  const { opened, enters, does, submit, made } = aLab(
    new Kept(),
    aDatabase(),
    { ...CALM, before },
    wall,
  );
  const id = await opened(ANN);

  isSlow = true;
  submit('command-1', 'rename', { name: 'two' });
  await enters(ANN, `say ${'x'.repeat(5_000)}`, id);
  const during = made[0]?.waiting;
  await does(ANN, { do: 'close' }, id);
  await wall.pass(5_000);

  expect(during).toBeGreaterThan(5_000);
  expect(made[0]?.waiting).toBe(0);
});

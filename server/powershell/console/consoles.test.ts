import { expect, test } from 'vitest';
import { HandWall } from '../../../test/swarm/hand-wall.ts';
import type { ConsoleChange, ConsoleStore, StoredConsole } from '../../lab/console-store.ts';
import type { FromLab } from '../../lab/port.ts';
import { CALM, LAB, aDatabase, aServer } from '../../lab/toy-labs.fixture.ts';
import type { Down } from '../../protocol/wire/down.ts';
import type { ConsoleWhat } from '../../protocol/wire/up.ts';
import { Consoles } from './consoles.ts';
import { Lane } from './lane.ts';
import { toyShell } from './toy-shell.fixture.ts';

/** What the database would hold. */
class Kept implements ConsoleStore {
  consoles: StoredConsole[] = [];
  isAway = false;

  read(): Promise<readonly StoredConsole[]> {
    return Promise.resolve(this.consoles);
  }

  write(_lab: string, _lease: number, changes: readonly ConsoleChange[]): Promise<boolean> {
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
  const server = aServer(database, weather, wall, (lab, around) => {
    const { log, out } = around;
    return new Consoles(lab, {
      store: kept,
      loadShell: () => Promise.resolve(toyShell),
      lane: new Lane(wall),
      wall,
      log,
      out,
    });
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
  return { ...server, kept, does, opened, enters, database };
}

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

  expect(shown(seen, id)).toBe('PS> say hello\nhello\n');
  expect(kept.consoles[0]?.text).toBe('PS> say hello\nhello\n');
  expect(kept.consoles[0]?.lines).toEqual(['say hello']);
});

test('a line that prints nothing is over at once for everyone who looks', async () => {
  const { seen, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'remember this', id);

  const states = told(seen).flatMap(one => (one.t === 'console-now' ? [one.state] : []));
  expect(states.slice(-2)).toEqual(['running', 'ready']);
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
  expect(shown(seen, id)).toBe('PS> say hello\nhello\n');
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
  expect(shown(seen, id)).toContain('How? so\nheard so\n');
});

test('a line that never ends hinders nobody, and Ctrl+C ends it', async () => {
  const { seen, opened, enters, does, submit } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'forever', id);
  submit('command-1', 'rename', { name: 'meanwhile' });
  await does(ANN, { do: 'cancel' }, id);
  await enters(ANN, 'name', id);

  expect(shown(seen, id)).toContain('tidied up\n');
  expect(shown(seen, id)).toContain('PS> name\nmeanwhile\n');
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
  expect(shown(seen, id)).toContain('PS> say mine\nmine\n');
});

test('who comes late or back gets the screen, or just what was missed', async () => {
  const { seen, opened, enters, does } = aLab();
  const id = await opened(ANN);
  await enters(ANN, 'say one', id);
  const from = 'PS> say one\none\n'.length;

  await does(BOB, { do: 'look', from: null }, id);
  const whole = told(seen).findLast(message => message.t === 'console-text');
  await does(BOB, { do: 'leave' }, id);
  await enters(ANN, 'say two', id);
  await does(BOB, { do: 'look', from }, id);
  const missed = told(seen).findLast(message => message.t === 'console-text');

  expect(whole).toMatchObject({ whole: true, to: from, text: 'PS> say one\none\n' });
  expect(missed).toMatchObject({ whole: false, text: 'PS> say two\ntwo\n' });
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

  expect(shown(second.seen, id)).toContain('PS> remember this\n');
  expect(shown(second.seen, id)).toContain('variables are gone');
  expect(shown(second.seen, id)).toMatch(/recall\nnothing\n$/u);
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
  expect(shown(seen, id)).toMatch(/PS> say again\nagain\n$/u);
});

test('nothing that a script prints steers the terminals of others', async () => {
  const { seen, opened, enters } = aLab();
  const id = await opened(ANN);

  await enters(ANN, 'say \u001b]0;mine\u0007 \u009b2J end', id);

  expect(shown(seen, id)).toContain(']0;mine 2J end\n');
});

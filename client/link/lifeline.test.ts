import { expect, test } from 'vitest';
import { Lifeline, WAKE_MS } from './lifeline.ts';
import type { LinkClock, WireEvents } from './wire.ts';

/** Time that passes when it is told to. */
class ManualClock implements LinkClock {
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];
  dice = 0.5;

  now(): number {
    return this.#now;
  }
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }
  random(): number {
    return this.dice;
  }
  /** Time passes, and no timer runs. */
  stand(ms: number): void {
    this.#now += ms;
  }
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter(timer => timer !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }
}

/** A lifeline over sockets that do what the test says. */
function aLifeline() {
  const clock = new ManualClock();
  const sockets: { readonly events: WireEvents; readonly said: string[]; isClosed: boolean }[] = [];
  const lost: number[] = [];
  const ended: string[] = [];
  const heard: string[] = [];
  const lifeline = new Lifeline({
    url: 'ws://house.test/ws',
    clock,
    connect: (_, __, events) => {
      const socket = { events, said: [] as string[], isClosed: false };
      sockets.push(socket);
      return {
        send: text => void socket.said.push(text),
        close: () => {
          socket.isClosed = true;
        },
      };
    },
    events: {
      opened: () => undefined,
      received: message => void heard.push(message.t),
      lost: (_, retryAt) => void lost.push(Math.round(retryAt - clock.now())),
      ended: (code, reason) => void ended.push(`${code} ${reason}`),
    },
  });
  lifeline.open();
  return { clock, sockets, lost, ended, heard, lifeline, last: () => sockets.at(-1) };
}

const PONG = JSON.stringify({ t: 'pong', n: 1 });

test('it tries again after longer and longer, up to a limit, and begins anew once it is settled', () => {
  const { clock, sockets, lost, lifeline, last } = aLifeline();

  for (let n = 0; n < 70; n += 1) {
    last()?.events.closed(1006, '');
    clock.pass(lost.at(-1) ?? 0);
    clock.pass(1);
  }
  lifeline.settled();
  last()?.events.closed(1006, '');

  expect(lost.slice(0, 5)).toEqual([75, 120, 192, 307, 375]);
  expect([lost[59], lost[60], lost[69]]).toEqual([375, 3_750, 3_750]);
  expect(lost.at(-1)).toBe(75);
  expect(sockets.length).toBe(71);
});

test('dice keep those apart who were cut at once', () => {
  const waits = [0, 0.999].map(dice => {
    const { clock, lost, last } = aLifeline();
    clock.dice = dice;
    last()?.events.closed(1006, '');
    return lost[0];
  });

  expect(waits).toEqual([50, 100]);
});

test('a server that says when to come back is obeyed, once', () => {
  const { clock, lost, lifeline, last } = aLifeline();

  lifeline.retryAfter(1_234);
  last()?.events.closed(4003, 'restart');
  clock.pass(1_234);
  last()?.events.closed(1006, '');

  expect(lost).toEqual([1_234, 120]);
});

test.each([4101, 4102, 4206])('a socket closed with %i is not opened again', code => {
  const { clock, sockets, ended, last } = aLifeline();

  last()?.events.closed(code, 'why');
  clock.pass(60_000);

  expect(ended).toEqual([`${code} why`]);
  expect(sockets.length).toBe(1);
});

test('a silent socket is asked, and given up when it does not answer', () => {
  const { clock, sockets, lost, last } = aLifeline();

  clock.pass(14_000);
  const asked = last()?.said;
  clock.pass(4_000);

  expect(asked).toEqual(['{"t":"ping","n":1}']);
  expect(lost).toHaveLength(1);
  expect(sockets[0]?.isClosed).toBe(true);
  expect(sockets.length).toBe(2);
});

test('who only listens says something before the server thinks nobody is there', () => {
  const { clock, lost, last } = aLifeline();

  for (let second = 0; second < 120; second += 1) {
    clock.pass(1_000);
    last()?.events.received(PONG);
  }

  expect(last()?.said.length).toBeGreaterThanOrEqual(4);
  expect(lost).toEqual([]);
});

test('a page whose timers stand still says something when it hears something', () => {
  const { clock, lost, last } = aLifeline();

  // A page in the background: messages still come, timers do not run.
  for (let second = 0; second < 120; second += 1) {
    clock.stand(1_000);
    last()?.events.received(PONG);
  }

  expect(last()?.said.length).toBeGreaterThanOrEqual(4);
  expect(lost).toEqual([]);
});

test('whoever comes back to the page need not wait for what a dead socket would take', () => {
  const { clock, sockets, lost, lifeline, last } = aLifeline();
  clock.pass(1_000);

  lifeline.wake();
  const asked = last()?.said;
  clock.pass(WAKE_MS + 200);

  expect(asked).toEqual(['{"t":"ping","n":1}']);
  expect(lost).toHaveLength(1);
  expect(sockets.length).toBe(2);
});

test('a socket that answers whoever came back is kept', () => {
  const { clock, sockets, lost, lifeline, last } = aLifeline();

  lifeline.wake();
  clock.pass(100);
  last()?.events.received(PONG);
  lifeline.wake();
  clock.pass(100);
  last()?.events.received(PONG);
  clock.pass(WAKE_MS);

  expect(lost).toEqual([]);
  expect(sockets.length).toBe(1);
});

test('whoever comes back while it waits for another try has it tried at once', () => {
  const { clock, sockets, lifeline, last } = aLifeline();
  for (let n = 0; n < 70; n += 1) {
    last()?.events.closed(1006, '');
    clock.pass(5_000);
  }
  last()?.events.closed(1006, '');
  const before = sockets.length;

  lifeline.wake();
  lifeline.wake();
  clock.pass(10);

  expect(sockets.length).toBe(before + 1);
});

test('what cannot be read ends the connection, and only that', () => {
  const { clock, sockets, lost, heard, last } = aLifeline();

  last()?.events.received('{"t":');
  clock.pass(200);
  last()?.events.received(PONG);

  expect(lost).toHaveLength(1);
  expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(heard).toEqual(['pong']);
});

test('a socket that was let go of is not listened to any more', () => {
  const { clock, sockets, lost, heard, lifeline } = aLifeline();
  sockets[0]?.events.closed(1006, '');
  clock.pass(100);

  sockets[0]?.events.received(PONG);
  sockets[0]?.events.closed(1006, '');
  sockets[1]?.events.received(PONG);
  lifeline.close();
  sockets[1]?.events.closed(1006, '');
  clock.pass(60_000);

  expect(heard).toEqual(['pong']);
  expect(lost).toHaveLength(1);
  expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

import { expect, test } from 'vitest';
import { Broadcast } from '../../lab/broadcast.ts';
import { LAB } from '../../lab/toy-labs.fixture.ts';
import type { Fact } from '../../protocol/fact.ts';
import type { SimTime } from '../../protocol/time.ts';
import { World } from '../../sim/engine/world.ts';
import { eventsOf } from './lab-view.ts';

const event = (n: number, audience: Fact['audience']): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'event',
  from: 'vmms',
  to: null,
  host: 'host:HV01',
  vm: null,
  cause: null,
  audience,
  summary: `event ${n}`,
  data: {},
});

test('everyone looks at a console, so it finds no events that only an instructor may see', () => {
  const broadcast = new Broadcast(LAB, 1, new World('seed'));
  broadcast.recent = [
    event(1, 'everyone'),
    event(2, 'instructor'),
    { ...event(3, 'everyone'), kind: 'action' },
    event(4, 'everyone'),
  ];

  const events = eventsOf(broadcast, 2);

  expect(events.map(({ n }) => n)).toEqual([1, 4]);
});

import type { Down } from '../protocol/wire/down.ts';
import { HandWall } from '../../test/swarm/hand-wall.ts';
import { MemoryDatabase, type Weather } from '../../test/swarm/memory-store.ts';
import { LabDirectory } from './lab-directory.ts';
import type { FromLab, Question } from './port.ts';
import type { Surroundings } from './surroundings.ts';
import type { Simulation } from '../sim/engine/handler.ts';
import { handler } from '../sim/engine/handler.ts';
import type { Values } from '../protocol/record/index.ts';
import { seconds, ticks } from '../protocol/time.ts';

export const LAB = 'lab:test-1';

const HOST: Values<'host'> = {
  name: 'HV01',
  state: 'Running',
  osName: '',
  osVersion: '',
  logicalProcessors: 1,
  numaNodes: 1,
  memory: 0,
  memoryReserve: 0,
  memoryAssigned: 0,
  hypervisorLaunchType: 'auto',
  hypervisorRunning: true,
  bootedAt: 0,
  nextPartitionId: 1,
  nextPid: 4,
  nextJob: 1,
  nextMac: 0,
  virtualMachinePath: '',
  virtualHardDiskPath: '',
  address: '',
  hypervisorLaunches: 1,
  memoryDeposited: 0,
  memoryOverhead: 0,
  nextDisk: 1,
  freePages: [],
  cpuLoad: 0,
  cpuGranted: 0,
  cpuDemand: 0,
  rescheduleAt: null,
};

/** A lab with a host, a clock and one counter that a timer moves every second. */
const SIMULATION: Simulation = {
  version: 1,
  handlers: [
    handler('service', (turn, service, message) => {
      // A turn that shows nothing.
      if (message.type === 'Nothing') return;
      if (service.name === 'broken') throw new Error('the timer broke');
      turn.patch('service', service.id, { pid: (service.pid ?? 0) + 1 });
      turn.send(service.id, { type: 'Nothing' }, ticks(5_000_000));
      turn.send(service.id, { type: 'Again' }, seconds(1));
    }),
  ],
  operations: {
    rename: (turn, { name }: { name: string }) => {
      turn.patch('service', 'service:one', { name });
      return { ok: true, value: name };
    },
    throw: turn => {
      turn.patch('service', 'service:one', { name: 'half done' });
      throw new Error('on purpose');
    },
    'vm.rename': (turn, { name }: { name: string }) => {
      turn.patch('service', 'service:one', { name });
      return { ok: true, value: name };
    },
    'clock.pause': turn => {
      turn.patch('clock', 'clock:lab', { running: false });
      return { ok: true, value: null };
    },
    'clock.sleep': turn => {
      turn.patch('clock', 'clock:lab', { sleeping: true });
      return { ok: true, value: null };
    },
    'clock.wake': turn => {
      turn.patch('clock', 'clock:lab', { sleeping: false });
      return { ok: true, value: null };
    },
  },
};

export const CALM: Weather = { before: () => Promise.resolve(), after: () => Promise.resolve() };

export function aServer(
  database: MemoryDatabase,
  weather = CALM,
  wall = new HandWall(),
  companion?: Surroundings['companion'],
) {
  const seen: FromLab[] = [];
  const logged: string[] = [];
  const labs = new LabDirectory({
    store: database.connect(weather, 1),
    wall,
    ...(companion === undefined ? {} : { companion }),
    log: (_level, message) => logged.push(message),
    blueprint: {
      simulation: SIMULATION,
      seedOf: () => 'seed',
      found: turn => {
        turn.insert('clock', 'clock:lab', {
          era: '2012',
          labName: 'Test',
          calendarStart: 0,
          running: true,
          sleeping: false,
          speed: 1_000,
          changedBy: null,
          vmLimit: 1,
        });
        turn.insert('service', 'service:one', {
          host: 'host:HV01',
          name: 'one',
          displayName: '',
          state: 'Running',
          startType: 'Automatic',
          pid: 0,
          startedAt: 0,
        });
        turn.insert('host', 'host:HV01', HOST);
        turn.send('service:one', { type: 'Again' }, seconds(1));
      },
    },
    pack: () => Promise.resolve(new Uint8Array()),
    unpack: () => {
      throw new Error('no keyframes here');
    },
  });
  labs.receive(message => seen.push(message));
  const submit = (command: string, op: string, args = {}): void =>
    labs.post({ t: 'submit', lab: LAB, connection: 1, person: 'person:ann', command, op, args });
  const watch = (watcher: number): void =>
    labs.post({
      t: 'watch',
      lab: LAB,
      connection: 1,
      watcher,
      scope: 'lab',
      audience: 'everyone',
      from: null,
      gauges: false,
      trace: false,
    });
  let asked = 0;
  const ask = (question: Question): number => {
    labs.post({ t: 'ask', id: (asked += 1), lab: LAB, question });
    return asked;
  };
  /** What it was answered; null while it waits. */
  const reply = (id: number): Extract<FromLab, { t: 'reply' }>['answer'] | null => {
    const found = seen.find(message => message.t === 'reply' && message.id === id);
    return found?.t === 'reply' ? found.answer : null;
  };
  return { labs, wall, seen, logged, submit, watch, ask, reply };
}

export function aDatabase(): MemoryDatabase {
  const database = new MemoryDatabase();
  database.create(LAB, 'Test', 'file');
  return database;
}

export function answers(seen: readonly FromLab[]): Extract<Down, { t: 'answer' }>[] {
  return seen
    .filter(message => message.t === 'answer')
    .map(message => JSON.parse(new TextDecoder().decode(message.bytes)));
}

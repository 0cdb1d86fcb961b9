import { handler } from '../../server/sim/engine/handler.ts';
import { Machine } from '../../server/sim/engine/machine.ts';
import { World } from '../../server/sim/engine/world.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { microseconds } from '../../server/protocol/time.ts';
import type { Bench } from './figure.ts';
import { median, rounded } from './figure.ts';

const PENDING = 100_000;
/** Who they are for: four timed components of each of the 1,024 virtual machines a host may run. */
const ENTITIES = 4_096;
const TURNS = 1_000_000;
const ROUNDS = 5;

/** A component that does one of each thing a turn can: a draw, a patch, a counter, a message. */
const beat = handler('logical-processor', (turn, record) => {
  const wait = 1 + (turn.draw('logical-processor', record.id) % 1_000);
  turn.patch('logical-processor', record.id, { numaNode: wait & 1 });
  turn.count('logical-processor', record.id, 'contextSwitches');
  turn.send(record.id, { type: 'Beat' }, microseconds(wait));
});

function aMachine(): Machine {
  const machine = new Machine(new World('bench'), { version: 1, handlers: [beat], operations: {} });
  machine.found(turn => {
    for (let i = 0; i < ENTITIES; i += 1) {
      const id = `logical-processor:HV01/${i}` as const;
      turn.insert('logical-processor', id, {
        host: 'host:HV01',
        index: i,
        numaNode: 0,
        hypervisorTime: 0,
        contextSwitches: 0,
        guestTime: 0,
        parked: false,
        load: 0,
        loadSince: 0,
      });
    }
    for (let i = 0; i < PENDING; i += 1) {
      const id = `logical-processor:HV01/${i % ENTITIES}` as const;
      turn.send(id, { type: 'Beat' }, microseconds(1 + (i % 1_000)));
    }
  });
  return machine;
}

/** Turns a second of the whole machine, everything drained as a lab drains it. */
function ours(): number {
  const machine = aMachine();
  const { world } = machine;
  const from = world.turn;
  const began = performance.now();
  while (world.turn - from < TURNS) {
    machine.advance(machine.nextDue as SimTime, 5_000);
    // A lab takes what changed all the time; a list that only grows would be another benchmark.
    for (const row of world.records.forPacket) row.dirty &= ~4;
    world.records.forPacket = [];
  }
  return ((world.turn - from) / (performance.now() - began)) * 1_000;
}

/** A bare heap of typed arrays of the same length and order: what no machine above it can beat. */
function bareHeap(): number {
  const due = new Float64Array(PENDING + 1);
  let state = 1;
  const dice = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + (state % 10_000);
  };
  for (let i = 1; i <= PENDING; i += 1) due[i] = dice();
  for (let i = PENDING >> 1; i > 0; i -= 1) sink(due, i);
  const began = performance.now();
  for (let turn = 0; turn < TURNS; turn += 1) {
    due[1] = (due[1] as number) + dice();
    sink(due, 1);
  }
  return (TURNS / (performance.now() - began)) * 1_000;
}

function sink(due: Float64Array, from: number): void {
  const value = due[from] as number;
  let i = from;
  for (;;) {
    let child = i << 1;
    if (child > PENDING) break;
    if (child < PENDING && (due[child + 1] as number) < (due[child] as number)) child += 1;
    if ((due[child] as number) >= value) break;
    due[i] = due[child] as number;
    i = child;
  }
  due[i] = value;
}

export const agenda: Bench = {
  name: 'agenda',
  about: `turns a second with ${PENDING} pending for ${ENTITIES} records, beside a bare typed-array heap of the same length`,
  async run(say) {
    const turns: number[] = [];
    const heap: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const mine = ours();
      const bare = bareHeap();
      say(`agenda round ${round}: ${Math.round(mine)} turns/s, bare heap ${Math.round(bare)}/s`);
      // The first round warms the compiler.
      if (round === 0) continue;
      turns.push(mine);
      heap.push(bare);
    }
    const mine = median(turns);
    return [
      {
        bench: 'agenda',
        figure: 'turns_per_s',
        unit: '1/s',
        ours: rounded(mine),
        limit: rounded(median(heap)),
        rounds: ROUNDS,
        bar: 'ours>=1000000',
        ok: mine >= 1_000_000,
      },
    ];
  },
};

import { labFile } from '../../protocol/lab-file.ts';
import type { HostSpec } from '../../protocol/lab-file.ts';
import type { HostId, PartitionId, VmId, WorkerId } from '../../protocol/id.ts';
import type { Fact } from '../../protocol/fact.ts';
import type { SimTime } from '../../protocol/time.ts';
import type { Simulation } from '../engine/handler.ts';
import { handler } from '../engine/handler.ts';
import { load, save } from '../engine/image.ts';
import { Machine } from '../engine/machine.ts';
import type { Message } from '../engine/message.ts';
import { Turn } from '../engine/turn.ts';
import { World } from '../engine/world.ts';
import { foundHost } from '../hardware/found-host.ts';
import { portHandler } from './delivery.ts';
import { launchHypervisor } from './launch.ts';
import { processorHandler } from './processor-handler.ts';
import { logicalProcessorHandler } from './schedule.ts';

/** A host for tests of the lower stack: what a test does not say is small. */
export function hostSpec(changes: { readonly [key: string]: unknown } = {}): HostSpec {
  const file = labFile.parse({
    name: 'bench',
    era: 2012,
    seed: 'bench',
    calendarStart: '2013-03-04T08:00:00Z',
    hosts: [
      {
        name: 'HV01',
        logicalProcessors: 4,
        memory: '8 GB',
        memoryReserve: '1 GB',
        volumes: [{ letter: 'C', capacity: '100 GB', used: '10 GB' }],
        ...changes,
      },
    ],
  });
  return file.hosts[0] as HostSpec;
}

export const HOST: HostId = 'host:HV01';
export const VM: VmId = 'vm:11111111-1111-1111-1111-111111111111';
export const WORKER: WorkerId = 'worker-process:HV01/1.1000';

/**
 * One host on a bench: each `turn()` is a turn of its own, as an operation would have it. What ports
 * deliver arrives at the worker process, intercepts at their partition, and both are remembered.
 */
export class Bench {
  world: World;
  readonly heard: Message[] = [];
  #turn: Turn;
  #machine: Machine;

  constructor(spec: HostSpec | null = hostSpec(), seed = 'bench') {
    this.world = new World(seed);
    this.#turn = new Turn(this.world);
    this.#machine = new Machine(this.world, this.#simulation());
    if (spec === null) return;
    const turn = this.turn();
    foundHost(turn, spec);
    this.worker(WORKER, VM);
  }

  worker(id: WorkerId, vm: VmId): void {
    this.turn().insert('worker-process', id, {
      host: HOST,
      vm,
      pid: 1000,
      state: 'Running',
      startedAt: 0,
      partition: null,
      interceptsHandled: 0,
    });
  }

  /** The next turn, at the present moment. */
  turn(): Turn {
    this.world.turn += 1;
    this.#turn.begin(this.world.now, this.world.turn, 0, null);
    return this.#turn;
  }

  launch(): PartitionId {
    return launchHypervisor(this.turn(), HOST);
  }

  advance(by: number): void {
    this.#machine.advance((this.world.now + by) as SimTime);
  }

  /** The facts of everything done so far. */
  facts(): readonly Fact[] {
    return this.world.factsForProjection;
  }

  calls(): string[] {
    return this.facts()
      .filter(({ kind }) => kind === 'hypercall')
      .map(({ summary }) => summary);
  }

  /** Saves everything as data, forgets the machine and goes on with what was loaded. */
  reload(): void {
    const image: unknown = JSON.parse(JSON.stringify(save(this.world, 'bench')));
    const facts = this.world.factsForProjection;
    this.world = load(image as ReturnType<typeof save>);
    this.world.factsForProjection = facts;
    this.#turn = new Turn(this.world);
    this.#machine = new Machine(this.world, this.#simulation());
  }

  /** One text for all records and all that is to come. */
  state(): string {
    const { records, agenda } = save(this.world, 'bench');
    return JSON.stringify({ records, agenda });
  }

  #simulation(): Simulation {
    return {
      version: 1,
      handlers: [
        portHandler,
        processorHandler,
        logicalProcessorHandler,
        handler<'worker-process', Message>('worker-process', (_turn, _worker, message) => {
          this.heard.push(message);
        }),
        handler<'partition', Message>('partition', (_turn, _partition, message) => {
          this.heard.push(message);
        }),
      ],
      operations: {},
    };
  }
}

import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import type { Fact, Trace } from '../../protocol/fact.ts';
import type { ChannelId, Id, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { GuestPhase } from '../../protocol/record/vm.ts';
import type { Duration, SimTime } from '../../protocol/time.ts';
import type { Simulation } from '../engine/handler.ts';
import { handler } from '../engine/handler.ts';
import { load, save } from '../engine/image.ts';
import { Machine } from '../engine/machine.ts';
import type { Message } from '../engine/message.ts';
import { Turn } from '../engine/turn.ts';
import { World } from '../engine/world.ts';
import { foundHost } from '../hardware/found-host.ts';
import { MIB } from '../hardware/page.ts';
import { HOST, VM, WORKER, hostSpec } from '../hypervisor/bench.fixture.ts';
import { portHandler } from '../hypervisor/delivery.ts';
import { processorHandler } from '../hypervisor/processor-handler.ts';
import { logicalProcessorHandler } from '../hypervisor/schedule.ts';
import { WINDOWS_SERVER_2012, enlighten } from '../hypervisor/enlighten.ts';
import { launchHypervisor } from '../hypervisor/launch.ts';
import { mapMemory } from '../vid/memory.ts';
import {
  createPartition,
  createProcessors,
  initializePartition,
  runProcessors,
  setProperties,
} from '../vid/vid.ts';
import { channelsOf, connectionOf, guestOf } from '../vmbus/bus-id.ts';
import { connectVmbus } from '../vmbus/client.ts';
import { createBus, offerChannel } from '../vmbus/server.ts';
import { vmbusConnection } from '../vmbus/vmbus-connection.ts';
import { COMPONENTS } from './components.ts';
import type { GuestSystem } from './guest-system.ts';
import { offersFor } from './index.ts';
import { createIntegrationServices } from './integration-service.ts';
import { vmbusChannel } from './vmbus-channel.ts';
import { hasVsc, startVsc } from './vsc.ts';

export const WS2012: GuestSystem = {
  components: '6.2.9200.16384',
  osName: 'Windows Server 2012 Standard',
  osVersion: '6.2.9200',
  processorArchitecture: 9,
  servicePack: null,
};

export const WS2008R2: GuestSystem = {
  components: '6.1.7601.17514',
  osName: 'Windows Server 2008 R2 Standard',
  osVersion: '6.1.7601',
  processorArchitecture: 9,
  servicePack: 'Service Pack 1',
};

export function value<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

export interface BenchWanted {
  readonly processors?: number;
  readonly dynamicMemory?: boolean;
  /** The system whose drivers load as channels are offered; null leaves the bus alone. */
  readonly os?: GuestSystem | null;
}

const GUID = VM.slice('vm:'.length);

/** One virtual machine with its partition, bus and offers, and a guest that only loads drivers. */
export class BusBench {
  world = new World('bench');
  partition: PartitionId;
  readonly os: GuestSystem | null;
  readonly guestHeard: Message[] = [];
  readonly workerHeard: Message[] = [];
  #turn: Turn;
  #machine: Machine;

  constructor({ processors = 2, dynamicMemory = false, os = null }: BenchWanted = {}) {
    this.os = os;
    this.#turn = new Turn(this.world);
    this.#machine = new Machine(this.world, this.#simulation());
    const turn = this.turn();
    insertClock(turn);
    foundHost(turn, hostSpec({ logicalProcessors: 64, memory: '64 GB' }));
    insertVm(turn, processors, dynamicMemory);
    launchHypervisor(turn, HOST);
    this.partition = this.build(processors);
    for (const offer of offersFor(this.turn(), VM, this.partition)) {
      value(offerChannel(this.turn(), this.partition, offer));
    }
  }

  /** A partition with running processors, a guest that found the hypervisor, and a bus. */
  build(processors: number): PartitionId {
    const turn = this.turn();
    const partition = value(createPartition(turn, { host: HOST, vm: VM, worker: WORKER }));
    value(initializePartition(turn, partition));
    value(setProperties(turn, partition, { reserve: 0, cap: 100, weight: 100 }));
    value(createProcessors(turn, partition, processors));
    value(mapMemory(turn, partition, { bytes: 512 * MIB }));
    runProcessors(turn, partition);
    insertGuest(turn, partition);
    enlighten(turn, partition, { as: 'guest', osId: WINDOWS_SERVER_2012 });
    value(createBus(turn, { host: HOST, vm: VM, partition }));
    turn.patch('vm', VM, { partition, workerProcess: WORKER });
    return partition;
  }

  get guestId(): Id<'guest'> {
    return guestOf(this.partition);
  }

  get connection(): RecordOf<'vmbus-connection'> {
    return this.turn().must('vmbus-connection', connectionOf(this.partition));
  }

  /** The next turn, at the present moment. */
  turn(): Turn {
    this.world.turn += 1;
    this.#turn.begin(this.world.now, this.world.turn, 0, null);
    return this.#turn;
  }

  /** Lets so much time pass. */
  pass(span: Duration): void {
    this.#machine.advance((this.world.now + span) as SimTime);
  }

  connect(versions?: readonly number[]): void {
    const known = COMPONENTS[this.os?.components ?? '']?.vmbus ?? [];
    connectVmbus(this.turn(), this.guestId, versions ?? known);
  }

  /** The guest is in another phase from now on. */
  enter(phase: GuestPhase): void {
    this.turn().patch('guest', this.guestId, { phase });
  }

  channels(): RecordOf<'vmbus-channel'>[] {
    return channelsOf(this.turn(), this.connection);
  }

  channel(device: string): RecordOf<'vmbus-channel'> {
    const found = this.channels().find(each => each.device === device);
    return must(found, `${device} is on the bus`);
  }

  service(key: string): RecordOf<'integration-service'> {
    return this.turn().must('integration-service', `integration-service:${GUID}/${key}`);
  }

  facts(): readonly Fact[] {
    return this.world.factsForProjection;
  }

  traces(): readonly Trace[] {
    return this.world.tracesForProjection;
  }

  /** Names of control messages said so far, in order. */
  said(): string[] {
    return this.facts()
      .filter(fact => fact.kind === 'vmbus')
      .map(fact => String(fact.data['message']));
  }

  /** Summaries of a channel's packets, without its label. */
  packets(device: string): string[] {
    const { relId, label } = this.channel(device);
    return this.facts()
      .filter(fact => fact.kind === 'packet' && fact.data['channel'] === relId)
      .map(fact => fact.summary.slice(label.length + 2));
  }

  /** Saves everything as data, forgets the machine and goes on with what was loaded. */
  reload(): void {
    const image: unknown = JSON.parse(JSON.stringify(save(this.world, 'bench')));
    const { factsForProjection, tracesForProjection } = this.world;
    this.world = load(image as ReturnType<typeof save>);
    this.world.factsForProjection = factsForProjection;
    this.world.tracesForProjection = tracesForProjection;
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
        vmbusConnection,
        vmbusChannel,
        handler<'guest', Message>('guest', (turn, _guest, message) => this.#hear(turn, message)),
        handler<'worker-process', Message>('worker-process', (_turn, _worker, message) => {
          this.workerHeard.push(message);
        }),
      ],
      operations: {},
    };
  }

  #hear(turn: Turn, message: Message): void {
    this.guestHeard.push(message);
    if (message.type !== 'ChannelOffered' || this.os === null) return;
    const id = message['channel'] as ChannelId;
    // News that was under way when the bus went.
    if (turn.get('vmbus-channel', id) === undefined) return;
    if (hasVsc(turn, id, this.os)) startVsc(turn, id, { guest: this.guestId, os: this.os });
  }
}

function insertClock(turn: Turn): void {
  turn.insert('clock', 'clock:lab', {
    era: '2012',
    labName: 'bench',
    calendarStart: 1_362_384_000_000,
    running: true,
    sleeping: false,
    speed: 1000,
    changedBy: null,
    vmLimit: 10,
  });
}

function insertVm(turn: Turn, processorCount: number, dynamicMemory: boolean): void {
  turn.insert('worker-process', WORKER, {
    host: HOST,
    vm: VM,
    pid: 1000,
    state: 'Running',
    startedAt: 0,
    partition: null,
    interceptsHandled: 0,
  });
  turn.insert('vm', VM, {
    host: HOST,
    name: 'Web',
    state: 'Running',
    status: 'Operating normally',
    generation: 1,
    processorCount,
    cpuReserve: 0,
    cpuLimit: 100,
    cpuWeight: 100,
    memoryStartup: 512 * MIB,
    memoryAssigned: 512 * MIB,
    dynamicMemory,
    heartbeat: 'NoContact',
    integrationServicesVersion: null,
    guestOsName: null,
    ipAddresses: [],
    notes: '',
    createdAt: 0,
    runningSince: 0,
    uptimeBefore: 0,
    automaticStartAction: 'Nothing',
    automaticStartDelay: 0,
    automaticStopAction: 'Save',
    scsiControllers: 1,
    configurationPath: '',
    bootOrder: [],
    workerProcess: WORKER,
    partition: null,
    job: null,
    wasRunningAtHostStop: false,
    cpuLoad: 0,
  });
  insertDevices(turn);
  createIntegrationServices(turn, { host: HOST, vm: VM });
}

/** A disk and a DVD drive on IDE, two disks on SCSI, one adapter. */
function insertDevices(turn: Turn): void {
  const drive = { host: HOST, vm: VM, media: null };
  const disk = { ...drive, type: 'HardDisk', disk: 'virtual-disk:HV01/1' } as const;
  const scsi = { ...disk, controller: 'SCSI', controllerNumber: 0 } as const;
  turn.insert('disk-drive', `disk-drive:${GUID}/IDE/0/0`, {
    ...disk,
    controller: 'IDE',
    controllerNumber: 0,
    location: 0,
  });
  turn.insert('disk-drive', `disk-drive:${GUID}/IDE/1/0`, {
    ...drive,
    type: 'Dvd',
    disk: null,
    controller: 'IDE',
    controllerNumber: 1,
    location: 0,
  });
  turn.insert('disk-drive', `disk-drive:${GUID}/SCSI/0/0`, { ...scsi, location: 0 });
  turn.insert('disk-drive', `disk-drive:${GUID}/SCSI/0/7`, { ...scsi, location: 7 });
  turn.insert('network-adapter', `network-adapter:${GUID}/0`, {
    host: HOST,
    vm: VM,
    name: 'Network Adapter',
    legacy: false,
    mac: '00155D010A05',
    instanceId: '9a3c1f7e-52d1-4c8e-9d2b-3f0c6a7b8d90',
    virtualSwitch: 'virtual-switch:HV01/LAN',
    connected: true,
    ipAddress: '10.0.1.5',
    dynamicMac: true,
    leases: {},
  });
}

function insertGuest(turn: Turn, partition: PartitionId): void {
  turn.insert('guest', guestOf(partition), {
    host: HOST,
    vm: VM,
    os: 'ws2012',
    phase: 'Drivers',
    phaseSince: turn.now,
    phaseUntil: null,
    enlightened: true,
    screen: '',
    bootDisk: null,
    computerName: 'WEB',
    installPercent: 0,
    suspended: false,
    phaseLeft: null,
    installs: null,
    components: '6.2.9200.16384',
    stage: 'drivers',
    driversPending: [],
    accessesMade: 0,
    offersDelivered: false,
    shutDownBy: null,
    load: 0,
  });
}

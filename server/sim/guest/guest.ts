import { must } from '../../base/assert.ts';
import type { Id } from '../../protocol/id.ts';
import type { GuestSystem as GuestSystemName } from '../../protocol/lab-file.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import type { GuestSystem } from '../devices/guest-system.ts';
import { exit } from '../hypervisor/exit.ts';
import { isSuspended, processorsOf } from '../hypervisor/processors.ts';
import { setLoad } from '../hypervisor/virtual-processor.ts';
import { partitionOf } from '../vmbus/bus-id.ts';
import type { Stage } from './stage.ts';
import { STAGES } from './stage.ts';
import type { OperatingSystem } from './operating-system.ts';
import { OPERATING_SYSTEMS } from './operating-system.ts';

// What runs inside a child partition: the BIOS, then the system of whatever it boots. It sees
// virtual processors, memory and devices; it never touches the host except through them. One timer
// at most is under way, that of its stage, so pausing is keeping what is left of it.

export type Guest = RecordOf<'guest'>;

export interface StageEnds {
  readonly type: 'StageEnds';
  readonly stage: Stage;
  readonly until: number;
}

/** Its worker process has answered an access: the processor runs on. */
export interface AccessMade {
  readonly type: 'AccessMade';
}

/** What a guest tells the worker process of its virtual machine. */
export type GuestToWorker =
  | { readonly type: 'GuestPoweredOff'; readonly by: 'host' | 'guest' }
  | { readonly type: 'GuestReset' };

const AT_ONCE = ticks(0);

export function stageOf(guest: Guest): Stage {
  return guest.stage as Stage;
}

/** The row of the system a guest runs or installs; that of the BIOS's own time before. */
export function systemOf(guest: Guest): OperatingSystem {
  const key = guest.os ?? guest.installs ?? 'ws2012';
  return OPERATING_SYSTEMS[key as GuestSystemName];
}

/** What its drivers and services need to know of it; null has none of them. */
export function componentsOf(guest: Guest): GuestSystem | null {
  if (guest.components === null) return null;
  const { name, version, processorArchitecture, servicePack } = systemOf(guest);
  return {
    components: guest.components,
    osName: name,
    osVersion: version,
    processorArchitecture,
    servicePack,
  };
}

/** Brings a guest to a stage: its phase, its timer, its load, its screen. */
export function enter(turn: Turn, id: Id<'guest'>, stage: Stage): void {
  const guest = turn.must('guest', id);
  const row = STAGES[stage];
  const os = systemOf(guest);
  const span = row.duration(os);
  const until = span === null ? null : turn.now + span;
  const told = row.tells?.(os);
  if (told !== undefined) tellOf(turn, guest, told);
  turn.patch('guest', id, {
    stage,
    phase: row.phase,
    ...(row.phase === guest.phase ? {} : { phaseSince: turn.now }),
    phaseUntil: until,
    accessesMade: 0,
    ...(row.screen === null ? {} : { screen: row.screen(os) }),
  });
  if (until !== null) turn.send(id, { type: 'StageEnds', stage, until }, ticks(until - turn.now));
  changeLoad(turn, guest, row.load(os));
  makeAccesses(turn, id);
}

/**
 * The accesses to devices that the stage makes, one after another: where one is its parent's, the
 * processor waits, and the next follows when it runs again.
 */
export function makeAccesses(turn: Turn, id: Id<'guest'>): void {
  for (;;) {
    const guest = turn.must('guest', id);
    const next = STAGES[stageOf(guest)].accesses?.(systemOf(guest))[guest.accessesMade];
    const partition = partitionOf(id);
    const processor = processorsOf(turn, partition)[0];
    if (next === undefined || guest.suspended) return;
    if (processor === undefined || isSuspended(processor)) return;
    turn.patch('guest', id, { accessesMade: guest.accessesMade + 1 });
    const as = guest.os === null ? 'firmware' : 'guest';
    const by = { partition, vp: processor.index, as, times: next.times } as const;
    if (exit(turn, by, next.made)) return;
  }
}

/** Waits on in the stage: its time is over, what it needs is not there yet. */
export function waitOn(turn: Turn, guest: Guest): void {
  turn.patch('guest', guest.id, { phaseUntil: null });
}

export function changeLoad(turn: Turn, guest: Guest, load: number): void {
  if (guest.load === load) return;
  turn.patch('guest', guest.id, { load });
  setLoad(turn, partitionOf(guest.id), load);
}

/** Up to whoever runs the virtual machine; a guest without a worker process does not exist. */
export function tellWorker(turn: Turn, guest: Guest, message: GuestToWorker): void {
  const worker = turn.where('worker-process', 'vm', guest.vm).at(0);
  turn.send(must(worker, 'a guest runs in a worker process’s partition').id, message, AT_ONCE);
}

/** A line in the chain of facts about what happens inside the guest. */
export function tellOf(turn: Turn, guest: Guest, summary: string): void {
  const { host, vm, os } = guest;
  turn.fact({
    kind: 'guest',
    from: os === null ? 'firmware' : 'guest',
    host,
    vm,
    summary,
    data: { guest: guest.id, os },
  });
}

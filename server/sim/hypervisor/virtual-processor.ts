import type { PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { VM_LIMITS } from '../hardware/limits.ts';
import type { HypercallInput, Outcome, RegisterValue } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { resumeDelivery } from './delivery.ts';
import { COST } from './cost.ts';
import { takeExternal } from './interrupt.ts';
import { followSuspension } from './reference-time.ts';
import { rearm } from './timer.ts';
import { isReserveAdmitted } from './property.ts';
import { vpId } from './partition-id.ts';
import { charge, refund } from './pool.ts';
import { isSuspended, processorsOf } from './processors.ts';
import { reconsider, retire, settle, usedSince } from './schedule.ts';

// Virtual processors: made suspended, run while neither suspend bit is set. The model keeps no
// general registers; what a processor does is the guest's phase table.

export const REGISTER = {
  explicitSuspend: 0x0000_0000,
  interceptSuspend: 0x0000_0001,
  pendingInterruption: 0x0001_0002,
  interruptState: 0x0001_0003,
  rax: 0x0002_0000,
  rip: 0x0002_0010,
  rflags: 0x0002_0011,
} as const;

/** General registers RAX to RFLAGS are accepted and not kept. */
function isKnown(name: number): boolean {
  return (
    (name >= REGISTER.rax && name <= REGISTER.rflags) ||
    name === REGISTER.explicitSuspend ||
    name === REGISTER.interceptSuspend ||
    name === REGISTER.pendingInterruption ||
    name === REGISTER.interruptState
  );
}

export function createVp(
  { turn, target, by }: CallContext,
  { vpIndex, proximityDomainInfo, flags }: HypercallInput['HvCreateVp'],
): Outcome<'HvCreateVp'> {
  const id = vpId(target.id, vpIndex);
  const host = turn.must('host', target.host);
  if (vpIndex < 0 || vpIndex >= VM_LIMITS.virtualProcessors) return refused('INVALID_VP_INDEX');
  if (turn.get('virtual-processor', id) !== undefined) return refused('INVALID_VP_INDEX');
  if (flags !== 0) return refused('INVALID_PARAMETER');
  if (proximityDomainInfo < 0 || proximityDomainInfo >= host.numaNodes) {
    return refused('INVALID_PROXIMITY_DOMAIN_INFO');
  }
  const count = turn.where('virtual-processor', 'partition', target.id).length + 1;
  if (!isReserveAdmitted(turn, target, { reserve: target.cpuReserve, processors: count })) {
    return refused('NO_RESOURCES');
  }
  if (!charge(turn, target.id, COST.virtualProcessor)) return refused('INSUFFICIENT_MEMORY');
  insertVp(turn, target, { index: vpIndex, logicalProcessor: null, vm: by.vm ?? null });
  return succeeded({});
}

/** A processor as it begins: suspended in a child; root ones run at once, each on its own LP. */
export function insertVp(
  turn: Turn,
  partition: RecordOf<'partition'>,
  made: {
    readonly index: number;
    readonly logicalProcessor: number | null;
    readonly vm: RecordOf<'partition'>['vm'];
  },
): void {
  const isRoot = partition.type === 'root';
  turn.insert('virtual-processor', vpId(partition.id, made.index), {
    host: partition.host,
    vm: made.vm,
    partition: partition.id,
    index: made.index,
    state: isRoot ? 'Waiting' : 'Suspended',
    explicitSuspend: !isRoot,
    interceptSuspend: false,
    logicalProcessor: made.logicalProcessor,
    synicEnabled: false,
    simp: null,
    siefp: null,
    sint2Vector: null,
    runTime: 0,
    load: 0,
    loadSince: turn.now,
    sint0Vector: null,
    msrs: {},
    interrupts: 0,
    syntheticInterrupts: 0,
    endsOfMessage: 0,
    slots: {},
    intercepts: [],
    timers: {},
    demand: 0,
    granted: 0,
    asleep: false,
    placed: [],
    lastLp: null,
    migrations: 0,
  });
}

export function deleteVp(
  { turn, target }: CallContext,
  { vpIndex }: HypercallInput['HvDeleteVp'],
): Outcome<'HvDeleteVp'> {
  const id = vpId(target.id, vpIndex);
  if (turn.get('virtual-processor', id) === undefined) return refused('INVALID_VP_INDEX');
  retire(turn, turn.must('virtual-processor', id));
  turn.remove('virtual-processor', id);
  refund(turn, target.id, COST.virtualProcessor);
  return succeeded({});
}

export function getVpRegisters(
  { turn, target }: CallContext,
  { vpIndex, names }: HypercallInput['HvGetVpRegisters'],
): Outcome<'HvGetVpRegisters'> {
  const vp = turn.get('virtual-processor', vpId(target.id, vpIndex));
  if (vp === undefined) return refused('INVALID_VP_INDEX');
  if (!names.every(isKnown)) return refused('INVALID_PARAMETER');
  const values = names.map(name => {
    if (name === REGISTER.explicitSuspend) return vp.explicitSuspend ? 1n : 0n;
    return name === REGISTER.interceptSuspend && vp.interceptSuspend ? 1n : 0n;
  });
  return succeeded({ values }, names.length);
}

export function setVpRegisters(
  { turn, target }: CallContext,
  { vpIndex, registers }: HypercallInput['HvSetVpRegisters'],
): Outcome<'HvSetVpRegisters'> {
  const vp = turn.get('virtual-processor', vpId(target.id, vpIndex));
  if (vp === undefined) return refused('INVALID_VP_INDEX');
  if (!registers.every(({ name }) => isKnown(name))) return refused('INVALID_PARAMETER');
  const bit = (wanted: number, old: boolean): boolean => {
    const last = registers.findLast(({ name }: RegisterValue) => name === wanted);
    return last === undefined ? old : (last.value & 1n) === 1n;
  };
  settle(turn, vp);
  const wasSuspended = isSuspended(vp);
  const explicitSuspend = bit(REGISTER.explicitSuspend, vp.explicitSuspend);
  const interceptSuspend = bit(REGISTER.interceptSuspend, vp.interceptSuspend);
  const changes = explicitSuspend !== vp.explicitSuspend;
  turn.patch('virtual-processor', vp.id, {
    explicitSuspend,
    interceptSuspend,
    // Its buffer is free for the next intercept, whether its parent has read this one or not.
    ...(interceptSuspend ? {} : { intercepts: [] }),
  });
  if (changes) followSuspension(turn, target.id);
  reconsider(turn, vp.id);
  if (wasSuspended && !explicitSuspend && !interceptSuspend) {
    resumeDelivery(turn, vp.id);
    rearm(turn, turn.must('virtual-processor', vp.id));
    takeExternal(turn, target.id);
  }
  return succeeded({}, registers.length);
}

/** It stops at the instruction; its parent's answer lets it run on. */
export function suspendForIntercept(turn: Turn, vp: RecordOf<'virtual-processor'>): void {
  settle(turn, vp);
  turn.patch('virtual-processor', vp.id, { interceptSuspend: true, state: 'Suspended' });
}

/** It reads GUEST_IDLE: it has nothing to do until an interrupt comes. */
export function sleep(turn: Turn, vp: RecordOf<'virtual-processor'>): void {
  if (isSuspended(vp)) return;
  settle(turn, vp);
  turn.patch('virtual-processor', vp.id, { asleep: true });
  reconsider(turn, vp.id);
}

/**
 * How much the guest asks for from now on, in thousandths of one processor, spread from the first
 * processor on. What it used until now becomes run time.
 */
export function setLoad(turn: Turn, partition: PartitionId, load: number): void {
  let left = load;
  for (const vp of processorsOf(turn, partition)) {
    const share = Math.max(0, Math.min(1000, left));
    left -= share;
    settle(turn, vp);
    turn.patch('virtual-processor', vp.id, { load: share });
    reconsider(turn, vp.id);
  }
}

/** All that it has run until now, in 100 ns. */
export function runTimeOf(turn: Turn, vp: RecordOf<'virtual-processor'>): number {
  return vp.runTime + usedSince(turn, vp);
}

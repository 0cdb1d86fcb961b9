import type { HostId, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { milliseconds, ticks } from '../../protocol/time.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import type { Turn } from '../engine/turn.ts';
import { lpId } from './lp-id.ts';
import { place, unplace } from './placement.ts';
import { isSuspended } from './processors.ts';
import { WHOLE, millionths, shares } from './shares.ts';

// The classic scheduler, all there is in Windows Server 2012. While the logical processors have room
// each virtual processor has what it asks for; when they have not, the shares are decided again a
// little after each change, for all at once. Nothing happens while nothing changes.

type Vp = RecordOf<'virtual-processor'>;

/** The policy is honoured over periods of about hundredths of a second: TLFS 2.0a chapter 18. */
const PERIOD = milliseconds(50);

/** Loads are told in thousandths of a processor, shares in millionths. */
const THOUSANDTH = WHOLE / 1000;

/** To the host's first logical processor; `due` tells it from an older one. */
interface Reschedule {
  readonly type: 'Reschedule';
  readonly due: number;
}

/** What it would use if there were room: its load, within the cap of its partition. */
function demandOf(turn: Turn, { explicitSuspend, asleep, load, partition }: Vp): number {
  if (explicitSuspend || asleep) return 0;
  const { cpuCap } = turn.must('partition', partition);
  return Math.min(load * THOUSANDTH, millionths(cpuCap));
}

function capacityOf(turn: Turn, host: HostId): number {
  const running = turn.where('logical-processor', 'host', host).filter(({ parked }) => !parked);
  return running.length * WHOLE;
}

/** A virtual processor wants another share than before: more work, less, a suspension, another cap. */
export function reconsider(turn: Turn, id: Vp['id']): void {
  const vp = turn.must('virtual-processor', id);
  const host = turn.must('host', vp.host);
  const demand = demandOf(turn, vp);
  const capacity = capacityOf(turn, host.id);
  const wasShort = host.cpuDemand > capacity;
  const cpuDemand = host.cpuDemand + demand - vp.demand;
  if (demand !== vp.demand) {
    turn.patch('virtual-processor', id, { demand });
    turn.patch('host', host.id, { cpuDemand });
  }
  if (wasShort || cpuDemand > capacity) decideLater(turn, host.id);
  // What it wants no more is free at once; more it gets when there is room for everybody.
  if (!wasShort && cpuDemand <= capacity) give(turn, vp, demand);
  else if (demand < vp.granted) give(turn, vp, demand);
  else turn.patch('virtual-processor', id, { state: runState(vp) });
}

/** An interrupt ends a processor's sleep; what it has to do it does from now on. */
export function wake(turn: Turn, { id }: Vp): void {
  if (!turn.must('virtual-processor', id).asleep) return;
  turn.patch('virtual-processor', id, { asleep: false });
  reconsider(turn, id);
}

/** It is about to be deleted. */
export function retire(turn: Turn, vp: Vp): void {
  turn.patch('virtual-processor', vp.id, { load: 0 });
  if (vp.demand > 0 || vp.granted > 0) reconsider(turn, vp.id);
}

function decideLater(turn: Turn, id: HostId): void {
  const host = turn.must('host', id);
  if (host.rescheduleAt !== null) return;
  const due = turn.now + PERIOD;
  turn.patch('host', id, { rescheduleAt: due });
  turn.send(lpId(host, 0), { type: 'Reschedule', due }, ticks(PERIOD));
}

export const logicalProcessorHandler = handler(
  'logical-processor',
  (turn, lp, { due }: Message & Reschedule) => {
    if (turn.must('host', lp.host).rescheduleAt !== due) return;
    turn.patch('host', lp.host, { rescheduleAt: null });
    decide(turn, lp.host);
  },
);

/** Decides all shares: whoever loses gives way first, so that whoever wins finds room. */
export function decide(turn: Turn, host: HostId): void {
  const wishing = turn
    .where('virtual-processor', 'host', host)
    .filter(({ demand, granted }) => demand > 0 || granted > 0)
    .toSorted(inOrder(turn));
  const wishes = wishing.map(({ demand, partition }) => {
    const { cpuReserve, cpuWeight } = turn.must('partition', partition);
    return { demand, reserve: Math.min(demand, millionths(cpuReserve)), weight: cpuWeight };
  });
  const given = shares(wishes, capacityOf(turn, host));
  const changes = wishing
    .map((vp, n) => ({ vp, share: given[n] ?? 0, more: (given[n] ?? 0) > vp.granted }))
    .filter(({ vp, share }) => share !== vp.granted);
  for (const { vp, share, more } of changes) if (!more) give(turn, vp, share);
  for (const { vp, share, more } of changes) if (more) give(turn, vp, share);
}

/** By partition, then index: the order in which they were made. */
function inOrder(turn: Turn): (a: Vp, b: Vp) => number {
  const number = (partition: PartitionId): number => turn.must('partition', partition).number;
  return (a, b) => number(a.partition) - number(b.partition) || a.index - b.index;
}

/** Its share from now on; what it used until now becomes run time. */
function give(turn: Turn, vp: Vp, share: number): void {
  settle(turn, vp);
  const before = vp.granted;
  if (share !== before) {
    unplace(turn, vp);
    turn.patch('virtual-processor', vp.id, { granted: share });
    place(turn, vp, share);
    const cpuGranted = turn.must('host', vp.host).cpuGranted + share - before;
    turn.patch('host', vp.host, { cpuGranted, cpuLoad: Math.round(cpuGranted / THOUSANDTH) });
  }
  turn.patch('virtual-processor', vp.id, { state: runState(vp) });
  if (share !== before && vp.vm !== null) {
    turn.send(vp.partition, { type: 'ShareChanged' }, ticks(0));
  }
}

/** Ready: it waits for a logical processor part of the time. */
function runState(vp: Vp): Vp['state'] {
  if (isSuspended(vp)) return 'Suspended';
  // An idle processor waits in HLT.
  if (vp.demand === 0) return 'Waiting';
  return vp.granted < vp.demand ? 'Ready' : 'Running';
}

/** What a processor has run since its share last changed. */
export function usedSince(turn: Turn, vp: Vp): number {
  return isSuspended(vp) ? 0 : Math.floor(((turn.now - vp.loadSince) * vp.granted) / WHOLE);
}

/** Adds up what it has used until now. Call it before anything of the processor changes. */
export function settle(turn: Turn, vp: Vp): void {
  const used = usedSince(turn, vp);
  if (used > 0) turn.count('virtual-processor', vp.id, 'runTime', used);
  turn.patch('virtual-processor', vp.id, { loadSince: turn.now });
}

/** Thousandths of one logical processor that a partition has now. */
export function shareOf(turn: Turn, partition: PartitionId): number {
  const granted = turn
    .where('virtual-processor', 'partition', partition)
    .reduce((sum, vp) => sum + vp.granted, 0);
  return Math.round(granted / THOUSANDTH);
}

/** Parked or unparked: everybody finds a place anew. */
export function replaceAll(turn: Turn, host: HostId): void {
  const all = turn.where('virtual-processor', 'host', host).filter(({ granted }) => granted > 0);
  for (const vp of all) give(turn, vp, 0);
  decide(turn, host);
}

import type { Placement } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { lpId } from './lp-id.ts';
import { WHOLE } from './shares.ts';

// On which logical processors a virtual one runs: the one it ran on last, else one of its partition's
// NUMA node, else any that has room. TLFS 2.0a chapter 18. Over time one may run on several.

type Lp = RecordOf<'logical-processor'>;
type Vp = RecordOf<'virtual-processor'>;

/** The classic scheduler's quantum is about 10 ms (recalled). */
const QUANTUM = TICKS_PER_SECOND / 100;

/** Of guest run time, what the hypervisor itself takes: one thousandth (chosen). */
const HYPERVISOR_SHARE = 1000;

/** Takes a virtual processor off the logical ones it ran on. */
export function unplace(turn: Turn, vp: Vp): void {
  const host = turn.must('host', vp.host);
  for (const [index, share] of vp.placed)
    add(turn, turn.must('logical-processor', lpId(host, index)), -share);
  if (vp.placed.length > 0) turn.patch('virtual-processor', vp.id, { placed: [] });
}

/** Puts it where there is room for its share; there is, as nobody is given more than all have. */
export function place(turn: Turn, vp: Vp, share: number): void {
  const placed: Placement[] = [];
  let left = share;
  for (const lp of share === 0 ? [] : preferred(turn, vp)) {
    const taken = Math.min(left, WHOLE - lp.load);
    if (taken <= 0 || lp.parked) continue;
    add(turn, lp, taken);
    placed.push([lp.index, taken]);
    left -= taken;
    if (left === 0) break;
  }
  const first = placed[0];
  if (first === undefined) return;
  const hasMoved = vp.lastLp !== null && vp.lastLp !== first[0];
  turn.patch('virtual-processor', vp.id, { placed, lastLp: first[0] });
  if (hasMoved) turn.count('virtual-processor', vp.id, 'migrations');
}

/** The logical processors of its host, the best first; of equals the emptiest, then the first. */
function preferred(turn: Turn, { host, partition, lastLp }: Vp): Lp[] {
  const { numaNode } = turn.must('partition', partition);
  const rank = (lp: Lp): number => (lp.index === lastLp ? 0 : lp.numaNode === numaNode ? 1 : 2);
  return turn
    .where('logical-processor', 'host', host)
    .toSorted((a, b) => rank(a) - rank(b) || a.load - b.load || a.index - b.index);
}

/** What ran on it until now becomes time of it. */
function add(turn: Turn, lp: Lp, share: number): void {
  const used = lpUsed(turn, lp);
  if (used > 0) {
    turn.count('logical-processor', lp.id, 'contextSwitches', 2 * Math.ceil(used / QUANTUM));
    turn.count('logical-processor', lp.id, 'guestTime', used);
    turn.count('logical-processor', lp.id, 'hypervisorTime', Math.floor(used / HYPERVISOR_SHARE));
  }
  turn.patch('logical-processor', lp.id, { load: lp.load + share, loadSince: turn.now });
}

function lpUsed(turn: Turn, { load, loadSince }: Lp): number {
  return Math.floor(((turn.now - loadSince) * load) / WHOLE);
}

/** All its time until now, in 100 ns: what children ran on it, and of that the hypervisor's. */
export function lpTimes(turn: Turn, lp: Lp): { total: number; hypervisor: number } {
  const used = lpUsed(turn, lp);
  return {
    total: lp.guestTime + used,
    hypervisor: lp.hypervisorTime + Math.floor(used / HYPERVISOR_SHARE),
  };
}

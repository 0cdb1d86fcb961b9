import type { TimerStates } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import type { Block } from './layout.ts';
import { blockBytes } from './layout.ts';
import { place } from './message-slot.ts';
import { valueIn, withValue } from './number-text.ts';
import { isSuspended } from './processors.ts';
import { referenceTime } from './reference-time.ts';

// The four synthetic timers of a processor: TLFS 2.0a chapter 15. A timer has one message of its own;
// while that waits in a slot or behind one, what expires meanwhile is skipped.

type Vp = RecordOf<'virtual-processor'>;

/** What a processor says to itself. `due` is the lab time it was armed for: any other is an old one. */
export interface TimerExpires {
  readonly type: 'TimerExpires';
  readonly timer: number;
  readonly due: number;
}

const STIMER0_CONFIG = 0x4000_00b0;

const ENABLED = 1n;
const PERIODIC = 1n << 1n;

/** A shorter period is modulated to this (chosen: TLFS leaves the least one open). */
const SHORTEST_PERIOD = 1000;

/** HvMessageTimerExpired. */
const TIMER_EXPIRED = '0x80000010';

const SOURCE = 'timer:';

/** `timer:2/30000`: the third timer, at that reference time. */
function sourceOf(timer: number, expiration: number): string {
  return `${SOURCE}${timer}/${expiration}`;
}

/** Whether what lies in a slot is a timer's message. */
export function isTimers(source: string): boolean {
  return source.startsWith(SOURCE);
}

function registers(vp: Vp, timer: number) {
  const config = valueIn(vp.msrs, STIMER0_CONFIG + 2 * timer);
  return {
    isOn: (config & ENABLED) !== 0n,
    isPeriodic: (config & PERIODIC) !== 0n,
    sint: Number((config >> 16n) & 0xfn),
    count: valueIn(vp.msrs, STIMER0_CONFIG + 2 * timer + 1),
  };
}

/** After a change of its registers, or when its processor is back: when it expires next, if ever. */
export function arm(turn: Turn, { id }: Vp, timer: number): void {
  const vp = turn.must('virtual-processor', id);
  const { isOn, isPeriodic, count } = registers(vp, timer);
  const { [timer]: _old, ...others } = vp.timers;
  if (!isOn || count === 0n) {
    if (timer in vp.timers) turn.patch('virtual-processor', id, { timers: others });
    return;
  }
  const now = referenceTime(turn, turn.must('partition', vp.partition));
  // One that lies in the past expires at once.
  const left = isPeriodic ? periodOf(count) : Math.max(0, Number(count) - now);
  set(turn, vp, timer, turn.now + left);
}

function periodOf(count: bigint): number {
  return Math.max(SHORTEST_PERIOD, Number(count));
}

function set(turn: Turn, vp: Vp, timer: number, due: number): void {
  const timers: TimerStates = { ...vp.timers, [timer]: due };
  turn.patch('virtual-processor', vp.id, { timers });
  turn.send(vp.id, { type: 'TimerExpires', timer, due }, ticks(due - turn.now));
}

/** The clock of a suspended processor's partition stands, and with it its timers. */
export function expire(turn: Turn, vp: Vp, { timer, due }: TimerExpires): void {
  if (vp.timers[timer] !== due || isSuspended(vp)) return;
  const { isPeriodic, sint, count } = registers(vp, timer);
  if (isPeriodic) set(turn, vp, timer, due + periodOf(count));
  else disable(turn, vp, timer);
  const own = `${SOURCE}${timer}/`;
  const isWaiting = Object.values(vp.slots).some(({ holds, waiting }) =>
    [holds, ...waiting].some(source => source.startsWith(own)),
  );
  if (isWaiting) return;
  const expiration = referenceTime(turn, turn.must('partition', vp.partition));
  place(turn, vp, { sint, source: sourceOf(timer, expiration) });
}

/** A one-shot timer is off once it has expired. */
function disable(turn: Turn, vp: Vp, timer: number): void {
  const { [timer]: _expired, ...timers } = vp.timers;
  const msr = STIMER0_CONFIG + 2 * timer;
  const msrs = withValue(vp.msrs, msr, valueIn(vp.msrs, msr) & ~ENABLED);
  turn.patch('virtual-processor', vp.id, { timers, msrs });
}

/** A processor runs again, or was restored: its timers go on by the clock of its partition. */
export function rearm(turn: Turn, vp: Vp): void {
  for (const timer of [0, 1, 2, 3]) {
    if (registers(vp, timer).isOn) arm(turn, vp, timer);
  }
}

const PAYLOAD: Block = {
  size: 24,
  fields: [
    ['timer', 0, 4],
    ['expiration', 8, 8],
    ['delivery', 16, 8],
  ],
};

/** The guest's kernel takes it, and nobody else: a trace with which timer, when due, when delivered. */
export function deliver(turn: Turn, vp: Vp, source: string): void {
  if (vp.vm === null) return;
  const [timer, expiration] = source.slice(SOURCE.length).split('/').map(Number);
  const delivery = referenceTime(turn, turn.must('partition', vp.partition));
  turn.trace({
    channel: vp.id,
    vm: vp.vm,
    summary: `Timer ${timer} of processor ${vp.index} expired, message ${TIMER_EXPIRED}`,
    packet: vp.syntheticInterrupts,
    rate: 1,
    bytes: blockBytes(PAYLOAD, { timer, expiration, delivery }),
  });
}

import type { Id } from '../../protocol/id.ts';
import { seconds } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { countIntercepts } from '../hypervisor/intercept.ts';
import { partitionOf } from '../vmbus/bus-id.ts';
import { END_OF_INTERRUPT } from './accesses.ts';
import type { Guest } from './guest.ts';
import { stageOf, systemOf } from './guest.ts';

// The clock of a PC that knows no other: the 8254 interrupts 18.2 times a second, and each time the
// system writes an end of interrupt to the 8259. Guests that know the hypervisor do nothing of the kind.

/** To itself once a second; `since` is the phase it belongs to. */
export interface TimerTicks {
  readonly type: 'TimerTicks';
  readonly since: number;
}

/** 1,193,182 Hz divided by 65,536, whole ticks of each second. */
const TICKS_A_SECOND = 18;

const EVERY = seconds(1);

/** For a guest that is ready and has no other clock. */
export function startTicking(turn: Turn, id: Id<'guest'>): void {
  const guest = turn.must('guest', id);
  if (stageOf(guest) !== 'ready' || systemOf(guest).guestOsId !== null) return;
  const { phaseSince } = guest;
  turn.send(id, { type: 'TimerTicks', since: phaseSince }, EVERY);
}

/** A second's end-of-interrupt writes, counted as the intercepts they are; none while it stands. */
export function tick(turn: Turn, guest: Guest, { since }: TimerTicks): void {
  if (stageOf(guest) !== 'ready' || since !== guest.phaseSince) return;
  turn.send(guest.id, { type: 'TimerTicks', since }, EVERY);
  if (guest.suspended || END_OF_INTERRUPT.type !== 'IoPort') return;
  const { port: parameter } = END_OF_INTERRUPT;
  const times = TICKS_A_SECOND;
  countIntercepts(turn, partitionOf(guest.id), { type: 'IoPort', parameter, times });
  for (const { id } of turn.where('worker-process', 'vm', guest.vm)) {
    turn.count('worker-process', id, 'interceptsHandled', times);
  }
}

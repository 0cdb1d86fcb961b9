import type { MessageSlot } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { MESSAGE_SLOT } from './duration.ts';
import { isSuspended } from './processors.ts';
import { wake } from './schedule.ts';
import { isMasked } from './sint.ts';

// The message slots of a processor, one for each SINT: TLFS 2.0a chapter 14. A message that finds its
// slot free lies in it and interrupts; one that does not sets MessagePending there and waits, until the
// interrupt routine has copied the first, freed the slot and written EOM.

type Vp = RecordOf<'virtual-processor'>;

/** What a processor says to itself: its interrupt routine has come to the slot of that SINT. */
export interface TakeMessage {
  readonly type: 'TakeMessage';
  readonly sint: number;
}

export interface Placed {
  readonly sint: number;
  /** Whose message: the id of a port or of a processor with an intercept, or a timer's name. */
  readonly source: string;
}

/** Into the slot, with an interrupt, or behind what lies there. */
export function place(turn: Turn, { id }: Vp, { sint, source }: Placed): void {
  const vp = turn.must('virtual-processor', id);
  const slot = vp.slots[sint];
  if (slot !== undefined) {
    const waiting = [...slot.waiting, source];
    turn.patch('virtual-processor', id, { slots: { ...vp.slots, [sint]: { ...slot, waiting } } });
    return;
  }
  const placed: MessageSlot = { holds: source, waiting: [] };
  turn.patch('virtual-processor', id, { slots: { ...vp.slots, [sint]: placed } });
  interrupt(turn, vp, sint);
}

/** The interrupt of a SINT that is masked is lost; the message stays in its slot. */
function interrupt(turn: Turn, vp: Vp, sint: number): void {
  wake(turn, vp);
  if (isSuspended(vp) || isMasked(vp, sint)) return;
  turn.send(vp.id, { type: 'TakeMessage', sint }, MESSAGE_SLOT);
}

/** A processor that runs again has the interrupts of all its slots pending. */
export function retake(turn: Turn, vp: Vp): void {
  for (const sint of Object.keys(vp.slots)) interrupt(turn, vp, Number(sint));
}

/** Frees the slot, writes EOM where another message waits, and says whose message it was. */
export function takeFrom(turn: Turn, vp: Vp, sint: number): string | null {
  const slot = vp.slots[sint];
  if (slot === undefined || isSuspended(vp)) return null;
  const { [sint]: _taken, ...others } = vp.slots;
  const [next, ...waiting] = slot.waiting;
  const slots = next === undefined ? others : { ...others, [sint]: { holds: next, waiting } };
  turn.patch('virtual-processor', vp.id, { slots });
  turn.count('virtual-processor', vp.id, 'syntheticInterrupts');
  if (next !== undefined) {
    turn.count('virtual-processor', vp.id, 'endsOfMessage');
    interrupt(turn, vp, sint);
  }
  return slot.holds;
}

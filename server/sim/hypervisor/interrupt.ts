import type { PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { isSuspended, processorsOf } from './processors.ts';
import { wake } from './schedule.ts';

// Interrupts that a parent asserts in its child, as the emulated chips of a worker process do: TLFS
// 2.0a chapter 12. The one of the 8259 goes through the first processor and is acknowledged by it.

/** HV_INTERRUPT_TYPE. SMI is not virtualized; 3, 8 and 9 are of later releases. */
const TYPE = { fixed: 0, lowestPriority: 1, nmi: 4, init: 5, sipi: 6, extInt: 7 } as const;

const TYPES: readonly number[] = Object.values(TYPE);
const HAS_VECTOR: readonly number[] = [TYPE.fixed, TYPE.lowestPriority];
const EDGE_ONLY: readonly number[] = [TYPE.nmi, TYPE.init, TYPE.sipi];

const LEVEL = 1n << 32n;
const LOGICAL = 1n << 33n;
const RESERVED = ~(LEVEL | LOGICAL | 0xffff_ffffn);

const FIRST_VECTOR = 16;
const LAST_VECTOR = 255;

/** An APIC id that means every processor. */
const BROADCAST = 0xff;

type Asserted = HypercallInput['HvAssertVirtualInterrupt'];

export function assertVirtualInterrupt(
  { turn, target }: CallContext,
  input: Asserted,
): Outcome<'HvAssertVirtualInterrupt'> {
  const type = Number(input.interruptControl & 0xffff_ffffn);
  if (!isInterrupt(type, input)) return refused('INVALID_PARAMETER');
  if (type === TYPE.extInt) return assertExternal(turn, target);
  // An address that no processor has is nobody's: the interrupt is lost, as on a real bus (chosen).
  const reached = destinations(turn, target.id, input);
  const hit = type === TYPE.lowestPriority ? reached.slice(0, 1) : reached;
  for (const vp of hit) interrupted(turn, vp);
  return succeeded({});
}

function interrupted(turn: Turn, vp: RecordOf<'virtual-processor'>): void {
  turn.count('virtual-processor', vp.id, 'interrupts');
  wake(turn, vp);
}

/** Destination shorthands of the interrupt command register. */
const SHORTHAND = { none: 0, self: 1, all: 2, others: 3 } as const;

/**
 * An interrupt of one processor to others of its partition, by the register's own layout: vector 7:0,
 * type 10:8, logical 11, shorthand 19:18, destination 63:56 (IA-32).
 */
export function sendInterrupt(
  turn: Turn,
  sender: RecordOf<'virtual-processor'>,
  value: bigint,
): void {
  const type = Number((value >> 8n) & 7n);
  const vector = Number(value & 0xffn);
  if (!TYPES.includes(type) || type === TYPE.extInt) return;
  if (HAS_VECTOR.includes(type) && vector < FIRST_VECTOR) return;
  const shorthand = Number((value >> 18n) & 3n);
  const all = processorsOf(turn, sender.partition);
  const reached = {
    [SHORTHAND.none]: destinations(turn, sender.partition, {
      interruptControl: (value & (1n << 11n)) === 0n ? 0n : LOGICAL,
      destinationAddress: Number(value >> 56n),
    }),
    [SHORTHAND.self]: all.filter(({ id }) => id === sender.id),
    [SHORTHAND.all]: all,
    [SHORTHAND.others]: all.filter(({ id }) => id !== sender.id),
  }[shorthand as 0 | 1 | 2 | 3];
  const hit = type === TYPE.lowestPriority ? reached.slice(0, 1) : reached;
  for (const vp of hit) interrupted(turn, vp);
}

function isInterrupt(type: number, { interruptControl, requestedVector }: Asserted): boolean {
  if (!TYPES.includes(type) || (interruptControl & RESERVED) !== 0n) return false;
  if (EDGE_ONLY.includes(type) && (interruptControl & LEVEL) !== 0n) return false;
  if (requestedVector < 0 || requestedVector > LAST_VECTOR) return false;
  return !HAS_VECTOR.includes(type) || requestedVector >= FIRST_VECTOR;
}

/** A processor's index is its APIC id; a logical address is a mask of the first eight (flat model). */
function destinations(
  turn: Turn,
  partition: PartitionId,
  {
    interruptControl,
    destinationAddress,
  }: Pick<Asserted, 'interruptControl' | 'destinationAddress'>,
): RecordOf<'virtual-processor'>[] {
  const isLogical = (interruptControl & LOGICAL) !== 0n;
  return processorsOf(turn, partition).filter(({ index }) =>
    isLogical
      ? index < 8 && (destinationAddress & (1 << index)) !== 0
      : destinationAddress === BROADCAST || destinationAddress === index,
  );
}

/** Always the first processor's; a second one before the first is cleared is told so. */
function assertExternal(
  turn: Turn,
  target: RecordOf<'partition'>,
): Outcome<'HvAssertVirtualInterrupt'> {
  if (target.externalInterrupt === 'Acknowledged') return refused('ACKNOWLEDGED');
  if (target.externalInterrupt === 'None') {
    turn.patch('partition', target.id, { externalInterrupt: 'Asserted' });
    takeExternal(turn, target.id);
  }
  return succeeded({});
}

/** The first processor runs: it takes what was asserted. */
export function takeExternal(turn: Turn, partition: PartitionId): void {
  const first = processorsOf(turn, partition)[0];
  const { externalInterrupt } = turn.must('partition', partition);
  if (externalInterrupt !== 'Asserted' || first === undefined || isSuspended(first)) return;
  turn.patch('partition', partition, { externalInterrupt: 'Acknowledged' });
  interrupted(turn, first);
}

export function clearVirtualInterrupt({
  turn,
  target,
}: CallContext): Outcome<'HvClearVirtualInterrupt'> {
  if (target.externalInterrupt !== 'Acknowledged') return refused('NOT_ACKNOWLEDGED');
  turn.patch('partition', target.id, { externalInterrupt: 'None' });
  return succeeded({});
}

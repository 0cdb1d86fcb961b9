import type { PartitionId } from '../../protocol/id.ts';
import type { InterceptMessage } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { RegisterValue } from '../hypervisor/call.ts';
import { interceptAt } from '../hypervisor/intercept.ts';
import { REGISTER } from '../hypervisor/virtual-processor.ts';
import { VGA_HOLE } from '../vid/guest-memory.ts';
import type { InterceptForWorker } from '../vid/intercept.ts';
import { completeIntercept, pendingIntercept } from '../vid/intercept.ts';

// An intercept in the worker process: the emulated device whose port or memory was touched does its
// part, and the answer goes back as registers of the processor that waits.

/** What came of an access: who answered, and in which words. */
interface Answer {
  /** A chip of the emulated PC, or what the process itself stands in for. */
  readonly device: string;
  readonly does: string;
  /** What a read finds. */
  readonly value?: bigint;
  /** A fault in the guest in place of an answer. */
  readonly fault?: number;
}

/** Status registers that firmware and drivers poll: ready, no error. Data sheets of the chips. */
const READS: { readonly [port: number]: bigint } = {
  // IDE: DRDY and DSC.
  0x1f7: 0x50n,
  0x177: 0x50n,
  // i8042: self-test passed, not locked.
  0x64: 0x14n,
  // RTC register A: 32.768 kHz, 1,024 Hz.
  0x71: 0x26n,
};

/**
 * MSRs of the processor that nobody virtualizes below and that a PC has: platform id, microcode
 * revision, miscellaneous enables. Any other is a #GP (recalled).
 */
const MSRS: ReadonlySet<number> = new Set([0x17, 0x8b, 0x1a0]);

const GENERAL_PROTECTION = 13;

/** The device that answers, or what the worker process does where there is none. */
export function answerTo(turn: Turn, partition: PartitionId, message: InterceptMessage): Answer {
  const { type, at } = message;
  switch (type) {
    case 'IoPort':
      return port(turn, partition, message);
    case 'Msr':
      return MSRS.has(at)
        ? { device: 'processor', does: message.write ? 'keeps the value' : 'reads 0', value: 0n }
        : { device: 'processor', does: 'has no such MSR: #GP', fault: GENERAL_PROTECTION };
    case 'Cpuid':
      return { device: 'processor', does: 'lets the hypervisor’s result stand' };
    case 'Exception':
      return { device: 'processor', does: 'gives it back to the guest', fault: at };
    case 'Memory':
      return memory(message);
  }
}

function port(turn: Turn, partition: PartitionId, message: InterceptMessage): Answer {
  const { at, size, write } = message;
  for (let touched = at; touched < at + size; touched += 1) {
    const device = interceptAt(turn, partition, { type: 'IoPort', parameter: touched })?.device;
    if (device === undefined) continue;
    return write
      ? { device, does: 'takes what is written' }
      : { device, does: 'answers', value: READS[at] ?? 0n };
  }
  return { device: 'nobody', does: 'reads all ones', value: (1n << BigInt(8 * size)) - 1n };
}

/** Text and graphics of the display; what is written to firmware is dropped, as by a ROM. */
function memory({ at, write }: InterceptMessage): Answer {
  if (at >= VGA_HOLE.base && at < VGA_HOLE.base + VGA_HOLE.pages) {
    return { device: 'vga-s3', does: write ? 'draws it' : 'answers', value: 0n };
  }
  return write
    ? { device: 'nobody', does: 'drops what is written' }
    : { device: 'nobody', does: 'reads all ones', value: 0xffn };
}

/** A hardware exception of this vector with an error code of 0: HvRegisterPendingInterruption. */
function exception(vector: number): bigint {
  const PENDING = 1n;
  const HARDWARE = 3n << 1n;
  const ERROR_CODE = vector === GENERAL_PROTECTION ? 1n << 4n : 0n;
  return PENDING | HARDWARE | ERROR_CODE | (BigInt(vector) << 16n);
}

/** Bytes of the instruction: IN and OUT by DX have one, the others two (chosen where a decoder looks). */
const INSTRUCTION = { IoPort: 1n, Msr: 2n, Cpuid: 2n, Exception: 0n, Memory: 2n } as const;

function registersOf({ type, write }: InterceptMessage, answer: Answer): RegisterValue[] {
  if (answer.fault !== undefined) {
    return [{ name: REGISTER.pendingInterruption, value: exception(answer.fault) }];
  }
  const rip = { name: REGISTER.rip, value: INSTRUCTION[type] };
  if (write || answer.value === undefined) return [rip];
  return [{ name: REGISTER.rax, value: answer.value }, rip];
}

/** Answers the intercept that waits; false when it waits no more. */
export function emulate(
  turn: Turn,
  { id, host, vm, partition }: RecordOf<'worker-process'>,
  { vp, number }: InterceptForWorker,
): boolean {
  const message = pendingIntercept(turn, vp, number);
  if (message === null || partition === null) return false;
  const answer = answerTo(turn, partition, message);
  const { times, type, at } = message;
  turn.count('worker-process', id, 'interceptsHandled', times);
  turn.fact({
    kind: 'intercept',
    from: 'vmwp',
    host,
    vm,
    summary: `${answer.device} ${answer.does}${times > 1 ? ` ×${times}` : ''}`,
    data: { device: answer.device, access: type, at, times },
  });
  completeIntercept(turn, { vp, registers: registersOf(message, answer) });
  return true;
}

import type { InterceptMessage } from '../../protocol/record/hypervisor.ts';
import type { Block } from './layout.ts';
import { blockBytes } from './layout.ts';
import { parseMask } from './privilege.ts';

// The payload of an intercept message as it lies in the slot: TLFS 2.0a chapter 16. General registers
// are not kept here, so those that the access itself does not name are zero.

const HEADER: Block['fields'] = [
  ['vpIndex', 0, 4],
  ['instructionLength', 4, 1],
  ['accessType', 5, 1],
  ['executionState', 6, 2],
];

const BLOCK: { readonly [T in InterceptMessage['type']]: Block } = {
  IoPort: {
    size: 128,
    fields: [...HEADER, ['at', 40, 2], ['accessInfo', 42, 1], ['value', 48, 8]],
  },
  Msr: { size: 64, fields: [...HEADER, ['at', 40, 4], ['high', 48, 8], ['low', 56, 8]] },
  Cpuid: { size: 104, fields: [...HEADER, ['at', 40, 8]] },
  Exception: { size: 240, fields: [...HEADER, ['at', 40, 2]] },
  // The form of later releases; 2.0a goes on with 160 bytes of registers.
  Memory: { size: 80, fields: [...HEADER, ['cacheType', 40, 4], ['address', 56, 8]] },
};

/** Known for ports, MSRs and CPUID: IN and OUT by DX have one byte, the others two. */
const INSTRUCTION_LENGTH = { IoPort: 1, Msr: 2, Cpuid: 2, Exception: 0, Memory: 0 } as const;

const READ = 0;
const WRITE = 1;
const EXECUTE = 2;

/** CR0.PE and EFER.LMA: a kernel in long mode; all bits clear is real mode. */
const LONG_MODE = 0b1_0100;

const WRITE_BACK = 6;
const UNCACHED = 0;

export function interceptBytes(
  message: InterceptMessage,
  { vpIndex, longMode }: { readonly vpIndex: number; readonly longMode: boolean },
): string {
  const { type, at, write, size } = message;
  const value = parseMask(message.value);
  const executes = type === 'Cpuid' || type === 'Exception';
  return blockBytes(BLOCK[type], {
    vpIndex,
    instructionLength: INSTRUCTION_LENGTH[type],
    accessType: executes ? EXECUTE : write ? WRITE : READ,
    executionState: longMode ? LONG_MODE : 0,
    at,
    accessInfo: size,
    value,
    high: value >> 32n,
    low: value & 0xffff_ffffn,
    cacheType: write ? WRITE_BACK : UNCACHED,
    address: BigInt(at) << 12n,
  });
}

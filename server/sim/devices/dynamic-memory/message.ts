import type { Layout } from '../../vmbus/layout.ts';
import { at, layout, u16, u32, u64 } from '../../vmbus/layout.ts';

// Linux drivers/hv/hv_balloon.c. Plain in-band packets, header {type u16, size u16, transaction u32}.

const HEADER = layout(8, { type: at(0, u16), size: at(2, u16), transactionId: at(4, u32) });

export const MEMORY_MESSAGES = {
  VersionRequest: {
    number: 1,
    layout: layout(16, { version: at(8, u32), isLastAttempt: at(12, u32) }),
  },
  VersionResponse: { number: 2, layout: layout(16, { isAccepted: at(8, u64) }) },
  CapabilitiesReport: {
    number: 3,
    layout: layout(32, { caps: at(8, u64), minPages: at(16, u64), maxPageNumber: at(24, u64) }),
  },
  CapabilitiesResponse: { number: 4, layout: layout(16, { isAccepted: at(8, u64) }) },
  StatusReport: {
    number: 5,
    layout: layout(48, {
      available: at(8, u64),
      committed: at(16, u64),
      pageFileSize: at(24, u64),
      zeroFree: at(32, u64),
      pageFileWrites: at(40, u32),
      ioDiff: at(44, u32),
    }),
  },
} as const;

export type MemoryName = keyof typeof MEMORY_MESSAGES;

export type MemoryFields<N extends MemoryName> =
  (typeof MEMORY_MESSAGES)[N]['layout'] extends Layout<infer V> ? V & object : never;

const NAMES = new Map<number, MemoryName>(
  Object.entries(MEMORY_MESSAGES).map(([name, { number }]) => [number, name as MemoryName]),
);

export const CAPABILITY = { Balloon: 1, HotAdd: 2 } as const;

export function encodeMemory<N extends MemoryName>(
  name: N,
  transactionId: number,
  fields: MemoryFields<N>,
): Uint8Array {
  const { number, layout: form } = MEMORY_MESSAGES[name];
  const whole = new Uint8Array(form.size);
  const view = new DataView(whole.buffer);
  HEADER.encodeInto(view, 0, { type: number, size: form.size, transactionId });
  (form as Layout<unknown>).encodeInto(view, 0, fields);
  return whole;
}

export interface MemoryHead {
  readonly name: MemoryName | null;
  readonly transactionId: number;
}

export function memoryHead(payload: Uint8Array): MemoryHead {
  const { type, transactionId } = HEADER.decode(payload);
  return { name: NAMES.get(type) ?? null, transactionId };
}

export function decodeMemory<N extends MemoryName>(name: N, payload: Uint8Array): MemoryFields<N> {
  return MEMORY_MESSAGES[name].layout.decode(payload) as MemoryFields<N>;
}

/** "1.0". */
export function memoryVersionText(version: number): string {
  return `${version >>> 16}.${version & 0xffff}`;
}

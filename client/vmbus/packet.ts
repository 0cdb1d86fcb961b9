import { DESCRIPTOR_TYPES, PIPE_BYTES } from './layout.ts';

// What the bytes of a traced packet say of it, beside its summary.

const wordAt = (bytes: string, at: number): number =>
  Number.parseInt(bytes.slice(2 * at + 2, 2 * at + 4) + bytes.slice(2 * at, 2 * at + 2), 16);

/** How it stands in its ring, as its descriptor says and as facts name it: `InBand`. */
export const packetType = (bytes: string): string => {
  const type = wordAt(bytes, 0);
  return DESCRIPTOR_TYPES[type] ?? (Number.isNaN(type) ? '' : `type ${type}`);
};

/** Of an integration component's message, behind the two heads in front of it. */
const FLAGS_AT = 17;
const RESPONSE = 4;

/**
 * Which way it went, by the protocol of its channel; null where neither it nor its descriptor tells. A
 * guest's disk requests are answered by completions; a host speaks to its integration components, which
 * respond and never begin; what a network adapter receives lies in transfer pages, and what it sends in pages of its own,
 * but both sides complete what they got.
 */
export const isPacketToGuest = (device: string, bytes: string): boolean | null => {
  const type = packetType(bytes);
  if (device === 'storvsp') return type === 'Completion';
  if (device === 'netvsp')
    return type === 'TransferPages' ? true : type === 'GpaDirect' ? false : null;
  if (!device.startsWith('ic-')) return null;
  const start = wordAt(bytes, 2) * 8 + PIPE_BYTES + FLAGS_AT;
  const flags = Number.parseInt(bytes.slice(2 * start, 2 * start + 2), 16);
  return Number.isNaN(flags) ? null : (flags & RESPONSE) === 0;
};

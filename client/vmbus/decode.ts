import type { Fact } from '../../server/protocol/fact.ts';
import { hex } from '../format/amount.ts';
import {
  CONTROL,
  DESCRIPTOR,
  EXTENDED,
  INTEGRATION,
  INTEGRATION_TYPES,
  type LayoutField,
  NVSP,
  PACKET_TYPES,
  PIPE,
  STORVSP,
  STORVSP_OPERATIONS,
} from './layout.ts';

/** A field as it was read, with the bytes it was read from. */
export interface DecodedField {
  readonly name: string;
  readonly text: string;
  readonly note: string;
  /** From the first byte of the message. */
  readonly offset: number;
  readonly size: number;
}

export interface DecodedPart {
  readonly title: string;
  readonly fields: readonly DecodedField[];
}

const SIZES = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  guid: 16,
  'bus-version': 4,
  'service-version': 4,
} as const;

/** A message of the bus, or a packet of a ring, field by field. */
export const decode = (
  fact: Pick<Fact, 'kind' | 'from' | 'to' | 'data'>,
): readonly DecodedPart[] => {
  const bytes = bytesOf(fact.data['bytes']);
  if (bytes === null) return [];
  const view = new DataView(bytes.buffer);
  return fact.kind === 'vmbus' ? controlParts(view) : packetParts(view, fact);
};

const bytesOf = (text: unknown): Uint8Array<ArrayBuffer> | null => {
  if (typeof text !== 'string' || text === '' || /[^\da-f]/iu.test(text)) return null;
  const pairs = text.match(/../gu) ?? [];
  return Uint8Array.from(pairs, pair => Number.parseInt(pair, 16));
};

const controlParts = (view: DataView): readonly DecodedPart[] => {
  const type = view.byteLength >= 4 ? view.getUint32(0, true) : 0;
  const layout = CONTROL[type];
  if (layout === undefined) return [];
  return [{ title: `${layout.name} (${type})`, fields: read(view, 0, layout.fields) }];
};

const packetParts = (
  view: DataView,
  { from, to }: Pick<Fact, 'from' | 'to'>,
): readonly DecodedPart[] => {
  if (view.byteLength < 16) return [];
  const type = view.getUint16(0, true);
  const start = view.getUint16(2, true) * 8;
  const title = `Packet, ${PACKET_TYPES[type] ?? `type ${type}`}`;
  const extended = start > 16 ? (EXTENDED[type] ?? []) : [];
  const fields = read(view, 0, [...DESCRIPTOR, ...extended]);
  const descriptor: DecodedPart = { title, fields };
  if (start < 16 || start + 4 > view.byteLength) return [descriptor];
  const parties = [from, to];
  if (parties.includes('storvsp')) return [descriptor, storagePart(view, start)];
  if (parties.includes('netvsp')) return [descriptor, networkPart(view, start)];
  if (parties.includes('ic')) return [descriptor, ...servicePart(view, start)];
  return [descriptor, { title: 'Payload', fields: read(view, start, [payloadOf(view, start)]) }];
};

/** What nobody here can read is still so many bytes. */
const payloadOf = (view: DataView, start: number): LayoutField => ({
  name: 'payload',
  offset: 0,
  form: 'bytes',
  size: view.byteLength - start,
});

const storagePart = (view: DataView, start: number): DecodedPart => {
  const operation = view.getUint32(start, true);
  const name = STORVSP_OPERATIONS[operation] ?? `operation ${operation}`;
  return { title: `StorVSP, ${name}`, fields: read(view, start, STORVSP) };
};

const networkPart = (view: DataView, start: number): DecodedPart => {
  const type = view.getUint32(start, true);
  const layout = NVSP[type];
  if (layout === undefined) {
    const fields = read(view, start, [payloadOf(view, start)]);
    return { title: `NVSP, message ${type}`, fields };
  }
  return { title: `NVSP, ${layout.name} (${type})`, fields: read(view, start, layout.fields) };
};

const servicePart = (view: DataView, start: number): readonly DecodedPart[] => {
  const pipe = { title: 'Pipe header', fields: read(view, start, PIPE) };
  const at = start + 8;
  if (at + 6 > view.byteLength) return [pipe];
  const type = view.getUint16(at + 4, true);
  const name = INTEGRATION_TYPES[type] ?? `message ${type}`;
  return [pipe, { title: `Integration service, ${name}`, fields: read(view, at, INTEGRATION) }];
};

/** Fields that lie in the bytes; a message that was cut short has fewer. */
const read = (
  view: DataView,
  start: number,
  fields: readonly LayoutField[],
): readonly DecodedField[] =>
  fields.flatMap(({ name, offset, form, size = 0, note = '' }) => {
    const at = start + offset;
    const length = form === 'u64s' ? view.byteLength - at : form === 'bytes' ? size : SIZES[form];
    if (length <= 0 || at + length > view.byteLength) return [];
    return [{ name, note, offset: at, size: length, text: valueText(view, at, form, length) }];
  });

const valueText = (
  view: DataView,
  at: number,
  form: LayoutField['form'],
  length: number,
): string => {
  switch (form) {
    case 'u8':
      return numberText(view.getUint8(at));
    case 'u16':
      return numberText(view.getUint16(at, true));
    case 'u32':
      return numberText(view.getUint32(at, true));
    case 'u64': {
      const value = view.getBigUint64(at, true);
      return value < 10n ? String(value) : `0x${value.toString(16).toUpperCase()}`;
    }
    case 'bus-version':
      return `${view.getUint16(at + 2, true)}.${view.getUint16(at, true)} (${hex(view.getUint32(at, true), 8)})`;
    case 'service-version':
      return `${view.getUint16(at, true)}.${view.getUint16(at + 2, true)}`;
    case 'guid':
      return guidText(view, at);
    case 'u64s':
      return `${Math.floor(length / 8)} values`;
    case 'bytes':
      return bytesText(view, at, length);
  }
};

const numberText = (value: number): string =>
  value < 10 ? String(value) : `${value} (0x${value.toString(16).toUpperCase()})`;

const bytesText = (view: DataView, at: number, length: number): string => {
  const used = new Uint8Array(view.buffer, at, length);
  return used.every(byte => byte === 0) ? `${length} bytes, all 0` : `${length} bytes`;
};

/** Three little-endian groups, then eight bytes as they stand. */
const guidText = (view: DataView, at: number): string => {
  const digits = (value: number, count: number): string => value.toString(16).padStart(count, '0');
  const tail = Array.from({ length: 8 }, (_, index) => digits(view.getUint8(at + 8 + index), 2));
  return [
    digits(view.getUint32(at, true), 8),
    digits(view.getUint16(at + 4, true), 4),
    digits(view.getUint16(at + 6, true), 4),
    tail.slice(0, 2).join(''),
    tail.slice(2).join(''),
  ].join('-');
};

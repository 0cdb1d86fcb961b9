import { assert } from '../../base/assert.ts';
import { fromHex, toHex } from './hex.ts';

/** How one field stands in memory, little-endian as everything on this bus. */
export interface Codec<V> {
  readonly size: number;
  write(view: DataView, at: number, value: V): void;
  read(view: DataView, at: number): V;
}

export const u8: Codec<number> = {
  size: 1,
  write: (view, at, value) => view.setUint8(at, value),
  read: (view, at) => view.getUint8(at),
};

export const u16: Codec<number> = {
  size: 2,
  write: (view, at, value) => view.setUint16(at, value, true),
  read: (view, at) => view.getUint16(at, true),
};

export const u32: Codec<number> = {
  size: 4,
  write: (view, at, value) => view.setUint32(at, value, true),
  read: (view, at) => view.getUint32(at, true),
};

const HIGH = 0x1_0000_0000;

/** Eight bytes whose value stays a safe integer: page numbers, addresses, counters. */
export const u64: Codec<number> = {
  size: 8,
  write: (view, at, value) => {
    assert(Number.isSafeInteger(value) && value >= 0, `no unsigned safe integer: ${value}`);
    view.setUint32(at, value % HIGH, true);
    view.setUint32(at + 4, Math.floor(value / HIGH), true);
  },
  read: (view, at) => view.getUint32(at + 4, true) * HIGH + view.getUint32(at, true),
};

/** Eight bytes that need all their bits: a FILETIME is beyond the safe integers. */
export const u64Big: Codec<bigint> = {
  size: 8,
  write: (view, at, value) => view.setBigUint64(at, value, true),
  read: (view, at) => view.getBigUint64(at, true),
};

/** {major u16, minor u16}, the form of integration component versions; as text "3.0". */
export const version: Codec<string> = {
  size: 4,
  write: (view, at, value) => {
    const [major, minor] = value.split('.');
    view.setUint16(at, Number(major), true);
    view.setUint16(at + 2, Number(minor), true);
  },
  read: (view, at) => `${view.getUint16(at, true)}.${view.getUint16(at + 2, true)}`,
};

/** First three groups little-endian, the last eight bytes as printed. */
export const guid: Codec<string> = {
  size: 16,
  write: (view, at, value) => {
    const digits = value.replaceAll('-', '');
    assert(digits.length === 32, `no GUID: ${value}`);
    const bytes = fromHex(digits);
    const printed = new DataView(bytes.buffer);
    view.setUint32(at, printed.getUint32(0), true);
    view.setUint16(at + 4, printed.getUint16(4), true);
    view.setUint16(at + 6, printed.getUint16(6), true);
    for (let i = 8; i < 16; i += 1) view.setUint8(at + i, printed.getUint8(i));
  },
  read: (view, at) => {
    const printed = new DataView(new ArrayBuffer(16));
    printed.setUint32(0, view.getUint32(at, true));
    printed.setUint16(4, view.getUint16(at + 4, true));
    printed.setUint16(6, view.getUint16(at + 6, true));
    for (let i = 8; i < 16; i += 1) printed.setUint8(i, view.getUint8(at + i));
    const digits = toHex(new Uint8Array(printed.buffer));
    const groups = [
      [0, 8],
      [8, 12],
      [12, 16],
      [16, 20],
      [20, 32],
    ] as const;
    return groups.map(([from, to]) => digits.slice(from, to)).join('-');
  },
};

/** A fixed area as hexadecimal, trailing zeros left away. */
export function bytes(size: number): Codec<string> {
  return {
    size,
    write: (view, at, value) => {
      const given = fromHex(value);
      assert(given.length <= size, `${given.length} bytes for an area of ${size}`);
      given.forEach((byte, i) => view.setUint8(at + i, byte));
    },
    read: (view, at) => {
      let used = size;
      while (used > 0 && view.getUint8(at + used - 1) === 0) used -= 1;
      return toHex(new Uint8Array(view.buffer, view.byteOffset + at, used));
    },
  };
}

/** UTF-16 text ended by a NUL, in an area of `size` bytes. */
export function utf16(size: number): Codec<string> {
  return {
    size,
    write: (view, at, value) => {
      assert((value.length + 1) * 2 <= size, `"${value}" and its NUL need more than ${size} bytes`);
      for (let i = 0; i < value.length; i += 1) {
        view.setUint16(at + i * 2, value.charCodeAt(i), true);
      }
    },
    read: (view, at) => {
      let text = '';
      for (let i = 0; i < size; i += 2) {
        const unit = view.getUint16(at + i, true);
        if (unit === 0) break;
        text += String.fromCharCode(unit);
      }
      return text;
    },
  };
}

/** A field at its offset from the start of its own structure. */
export interface Placed<V> {
  readonly offset: number;
  readonly codec: Codec<V>;
}

export function at<V>(offset: number, codec: Codec<V>): Placed<V> {
  return { offset, codec };
}

type PlacedFields = { readonly [name: string]: Placed<unknown> };

type ValuesOf<F extends PlacedFields> = {
  readonly [N in keyof F]: F[N] extends Placed<infer V> ? V : never;
};

/** A structure of fixed size. What no field covers is reserved: written 0, ignored on reading. */
export interface Layout<V> {
  readonly size: number;
  readonly fields: PlacedFields;
  encode(value: V): Uint8Array<ArrayBuffer>;
  encodeInto(view: DataView, offset: number, value: V): void;
  decode(given: Uint8Array, offset?: number): V;
}

export type Decoded<L> = L extends Layout<infer V> ? V : never;

export function layout<F extends PlacedFields>(size: number, fields: F): Layout<ValuesOf<F>> {
  const entries = Object.entries(fields);
  for (const [name, { offset, codec }] of entries) {
    assert(offset + codec.size <= size, `${name} ends beyond ${size} bytes`);
  }
  const encodeInto = (view: DataView, offset: number, value: ValuesOf<F>): void => {
    for (const [name, field] of entries) {
      field.codec.write(view, offset + field.offset, value[name]);
    }
  };
  return {
    size,
    fields,
    encodeInto,
    encode(value) {
      const whole = new Uint8Array(size);
      encodeInto(new DataView(whole.buffer), 0, value);
      return whole;
    },
    decode(given, offset = 0) {
      assert(given.length >= offset + size, `${given.length} bytes for a structure of ${size}`);
      const view = new DataView(given.buffer, given.byteOffset + offset, size);
      const value: { [name: string]: unknown } = {};
      for (const [name, field] of entries) value[name] = field.codec.read(view, field.offset);
      return value as ValuesOf<F>;
    },
  };
}

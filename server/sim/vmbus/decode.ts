import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import { u64 } from './layout.ts';
import type { ControlMessage, ControlName } from './message.ts';
import { CONTROL_MESSAGES, HEADER_SIZE, MESSAGE_LIMIT } from './message.ts';

/** Why bytes are no control message; a receiver drops such a message. */
export type DecodeFault =
  | { readonly kind: 'TooShort'; readonly size: number; readonly needed: number }
  | { readonly kind: 'TooLong'; readonly size: number }
  | { readonly kind: 'UnknownMessage'; readonly number: number };

const NAMES = new Map<number, ControlName>(
  Object.entries(CONTROL_MESSAGES).map(([name, { number }]) => [number, name as ControlName]),
);

export function decodeMessage(bytes: Uint8Array): Result<ControlMessage, DecodeFault> {
  const size = bytes.length;
  if (size > MESSAGE_LIMIT) return fail({ kind: 'TooLong', size });
  if (size < HEADER_SIZE) return fail({ kind: 'TooShort', size, needed: HEADER_SIZE });

  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const number = view.getUint32(0, true);
  const type = NAMES.get(number);
  if (type === undefined) return fail({ kind: 'UnknownMessage', number });
  const { layout } = CONTROL_MESSAGES[type];
  if (size < layout.size) return fail({ kind: 'TooShort', size, needed: layout.size });

  const fixed = { type, ...layout.decode(bytes) };
  if (type !== 'GpadlHeader' && type !== 'GpadlBody') return ok(fixed as ControlMessage);
  const values: number[] = [];
  for (let at = layout.size; at + u64.size <= size; at += u64.size) values.push(u64.read(view, at));
  return ok({ ...fixed, values } as ControlMessage);
}

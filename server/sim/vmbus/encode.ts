import { assert } from '../../base/assert.ts';
import type { Layout } from './layout.ts';
import { u64 } from './layout.ts';
import type { ControlMessage } from './message.ts';
import { CONTROL_MESSAGES, MESSAGE_LIMIT } from './message.ts';

/** A control message as it stands in a SynIC message slot, without the slot's own header. */
export function encodeMessage(message: ControlMessage): Uint8Array<ArrayBuffer> {
  const { number, layout } = CONTROL_MESSAGES[message.type];
  const values = 'values' in message ? message.values : [];
  const size = layout.size + values.length * u64.size;
  assert(size <= MESSAGE_LIMIT, `${message.type} of ${size} bytes does not fit a message`);

  const encoded = new Uint8Array(size);
  const view = new DataView(encoded.buffer);
  view.setUint32(0, number, true);
  // The table pairs each name with its own layout, which a lookup by a union cannot express.
  (layout as Layout<unknown>).encodeInto(view, 0, message);
  values.forEach((value, i) => u64.write(view, layout.size + i * u64.size, value));
  return encoded;
}

import type { Layout } from '../../vmbus/layout.ts';
import { at, bytes, layout, u16, u32, u8 } from '../../vmbus/layout.ts';

// openvmm uidevices/src/mouse/protocol.rs. In a pipe; header {messageType u32, messageSize u32}.

const HEADER = layout(8, { messageType: at(0, u32), messageSize: at(4, u32) });

export const MOUSE_MESSAGES = {
  ProtocolRequest: { number: 0, layout: layout(12, { version: at(8, u32) }) },
  ProtocolResponse: {
    number: 1,
    layout: layout(13, { versionRequested: at(8, u32), accepted: at(12, u8) }),
  },
  DeviceInformation: {
    number: 2,
    layout: layout(177, {
      size: at(8, u32),
      vendor: at(12, u16),
      product: at(14, u16),
      version: at(16, u16),
      descriptorInfo: at(40, bytes(9)),
      reportDescriptor: at(49, bytes(128)),
    }),
  },
  DeviceInformationAck: { number: 3, layout: layout(9, { acknowledged: at(8, u8) }) },
} as const;

export type MouseName = keyof typeof MOUSE_MESSAGES;

export type MouseFields<N extends MouseName> =
  (typeof MOUSE_MESSAGES)[N]['layout'] extends Layout<infer V> ? V & object : never;

const NAMES = new Map<number, MouseName>(
  Object.entries(MOUSE_MESSAGES).map(([name, { number }]) => [number, name as MouseName]),
);

export function encodeMouse<N extends MouseName>(name: N, fields: MouseFields<N>): Uint8Array {
  const { number, layout: form } = MOUSE_MESSAGES[name];
  const whole = new Uint8Array(form.size);
  const view = new DataView(whole.buffer);
  HEADER.encodeInto(view, 0, { messageType: number, messageSize: form.size - HEADER.size });
  (form as Layout<unknown>).encodeInto(view, 0, fields);
  return whole;
}

export function mouseName(message: Uint8Array): MouseName | null {
  return NAMES.get(HEADER.decode(message).messageType) ?? null;
}

export function decodeMouse<N extends MouseName>(name: N, message: Uint8Array): MouseFields<N> {
  return MOUSE_MESSAGES[name].layout.decode(message) as MouseFields<N>;
}

/**
 * A mouse as the HID specification describes one: five buttons, absolute X and Y from 0 to 32767, a
 * relative wheel of 16 bits; 7 bytes a report, 67 bytes of description.
 */
export const REPORT_DESCRIPTOR = [
  // Generic desktop, mouse; application; pointer; physical.
  '05010902a1010901a100',
  // Buttons 1 to 5, a bit each, three bits of padding.
  '05091901290515002501950575018102950175038103',
  // X and Y, absolute, 16 bits.
  '050109300931150026ff7f751095028102',
  // Wheel, relative, 16 bits; both collections end.
  '0501093816018026ff7f751095018106c0c0',
].join('');

/** HID 1.1, no country, one report descriptor of 67 bytes. */
export const HID_DESCRIPTOR = '092101010001224300';

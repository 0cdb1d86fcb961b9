import type { Layout } from '../../vmbus/layout.ts';
import { at, layout, u32, u64, u8 } from '../../vmbus/layout.ts';

// openvmm uidevices/src/video/protocol.rs. In a pipe; header {type u32, size u32}; fields unaligned.

const HEADER = layout(8, { type: at(0, u32), size: at(4, u32) });

export const VIDEO_MESSAGES = {
  VersionRequest: { number: 1, layout: layout(12, { version: at(8, u32) }) },
  VersionResponse: {
    number: 2,
    layout: layout(14, {
      version: at(8, u32),
      isAccepted: at(12, u8),
      maxVideoOutputs: at(13, u8),
    }),
  },
  VramLocation: {
    number: 3,
    layout: layout(25, {
      userContext: at(8, u64),
      isVramGpaAddressSpecified: at(16, u8),
      vramGpaAddress: at(17, u64),
    }),
  },
  VramLocationAck: { number: 4, layout: layout(16, { userContext: at(8, u64) }) },
  SituationUpdate: {
    number: 5,
    layout: layout(35, {
      userContext: at(8, u64),
      videoOutputCount: at(16, u8),
      active: at(17, u8),
      vramOffset: at(18, u32),
      depthBits: at(22, u8),
      width: at(23, u32),
      height: at(27, u32),
      pitch: at(31, u32),
    }),
  },
  SituationUpdateAck: { number: 6, layout: layout(16, { userContext: at(8, u64) }) },
  FeatureChange: {
    number: 9,
    layout: layout(12, {
      isDirtNeeded: at(8, u8),
      isPointerPositionUpdatesNeeded: at(9, u8),
      isPointerShapeUpdatesNeeded: at(10, u8),
      isVideoSituationUpdatesNeeded: at(11, u8),
    }),
  },
} as const;

export type VideoName = keyof typeof VIDEO_MESSAGES;

export type VideoFields<N extends VideoName> =
  (typeof VIDEO_MESSAGES)[N]['layout'] extends Layout<infer V> ? V & object : never;

const NAMES = new Map<number, VideoName>(
  Object.entries(VIDEO_MESSAGES).map(([name, { number }]) => [number, name as VideoName]),
);

export function encodeVideo<N extends VideoName>(name: N, fields: VideoFields<N>): Uint8Array {
  const { number, layout: form } = VIDEO_MESSAGES[name];
  const whole = new Uint8Array(form.size);
  const view = new DataView(whole.buffer);
  HEADER.encodeInto(view, 0, { type: number, size: form.size });
  (form as Layout<unknown>).encodeInto(view, 0, fields);
  return whole;
}

export function videoName(message: Uint8Array): VideoName | null {
  return NAMES.get(HEADER.decode(message).type) ?? null;
}

export function decodeVideo<N extends VideoName>(name: N, message: Uint8Array): VideoFields<N> {
  return VIDEO_MESSAGES[name].layout.decode(message) as VideoFields<N>;
}

/** "3.2" of a version word, minor × 0x10000 + major. */
export function videoVersionText(version: number): string {
  return `${version & 0xffff}.${version >>> 16}`;
}

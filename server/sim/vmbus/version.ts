/** Protocol versions by name, `major × 0x10000 + minor`. */
export const VMBUS_VERSION = {
  WS2008: 0x0_000d,
  WIN7: 0x1_0001,
  WIN8: 0x2_0004,
  WIN8_1: 0x3_0000,
} as const;

/** What a server of the era accepts: openvmm protocol.rs, Linux hyperv.h. */
export const SERVER_VERSIONS: readonly number[] = [
  VMBUS_VERSION.WIN8,
  VMBUS_VERSION.WIN7,
  VMBUS_VERSION.WS2008,
];

/** "2.4", as people write it. */
export function versionText(version: number): string {
  return `${version >>> 16}.${version & 0xffff}`;
}

/** UnloadComplete came with 1.1; an older client does not wait for it. */
export function answersUnload(version: number): boolean {
  return version >= VMBUS_VERSION.WIN7;
}

/** From 2.4 each channel has its own interrupt, at the processor the client names. */
export function hasDedicatedInterrupt(version: number): boolean {
  return version >= VMBUS_VERSION.WIN8;
}

/** Only a client of 2.4 or later reads why a known version could not be set up. */
export function readsConnectionState(version: number): boolean {
  return version >= VMBUS_VERSION.WIN8;
}

import { VMBUS_VERSION } from '../vmbus/version.ts';

/**
 * A generation of integration components: which protocol versions its drivers and services speak,
 * highest first as a driver proposes them. Null has no such driver or service.
 */
export interface Components {
  /** VMBus versions: what `connectVmbus` is given. */
  readonly vmbus: readonly number[];
  /** major × 0x100 + minor. */
  readonly storvsc: readonly number[];
  /** NVSP. */
  readonly netvsc: readonly number[];
  /** minor × 0x10000 + major. */
  readonly video: readonly number[];
  readonly mouse: readonly number[];
  readonly keyboard: readonly number[] | null;
  readonly dynamicMemory: readonly number[];
  readonly framework: readonly string[];
  readonly services: {
    readonly heartbeat: readonly string[];
    readonly keyValuePair: readonly string[];
    readonly shutdown: readonly string[];
    readonly timeSync: readonly string[];
    readonly vss: readonly string[];
    readonly remoteDesktop: readonly string[] | null;
  };
}

/** By version string, as Get-VM shows it: facts of each protocol, recalled where SPEC.md says so. */
export const COMPONENTS: { readonly [version: string]: Components } = {
  // Windows Server 2012.
  '6.2.9200.16384': {
    vmbus: [VMBUS_VERSION.WIN8, VMBUS_VERSION.WIN7, VMBUS_VERSION.WS2008],
    storvsc: [0x0501, 0x0402, 0x0200],
    netvsc: [0x4_0000, 0x3_0002, 0x2],
    video: [0x2_0003, 0x0_0003],
    mouse: [0x2_0000],
    keyboard: [0x1_0000],
    dynamicMemory: [0x1_0000, 0x0_0003],
    framework: ['3.0', '1.0'],
    services: {
      heartbeat: ['3.0', '1.0'],
      keyValuePair: ['4.0', '3.0'],
      shutdown: ['3.0', '1.0'],
      timeSync: ['3.0', '1.0'],
      vss: ['4.0', '3.0'],
      remoteDesktop: ['3.0', '1.0'],
    },
  },
  // Windows Server 2008 R2 with SP1, as it comes.
  '6.1.7601.17514': {
    vmbus: [VMBUS_VERSION.WIN7, VMBUS_VERSION.WS2008],
    storvsc: [0x0402, 0x0200],
    netvsc: [0x3_0002, 0x2],
    video: [0x0_0003],
    mouse: [0x2_0000],
    keyboard: null,
    dynamicMemory: [0x0_0003],
    framework: ['3.0', '1.0'],
    services: {
      heartbeat: ['3.0', '1.0'],
      keyValuePair: ['3.0'],
      shutdown: ['3.0', '1.0'],
      timeSync: ['3.0', '1.0'],
      vss: ['3.0'],
      remoteDesktop: null,
    },
  },
};

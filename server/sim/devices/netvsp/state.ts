import type { NvspName } from './nvsp.ts';

export type NetvspState = 'Opened' | 'Initialized' | 'NdisKnown' | 'ReceiveBuffer' | 'Ready';

/**
 * Which message is in order in which state, and where it leads. One that is known and out of order is
 * answered with failure. openvmm, netvsp/src/lib.rs; Linux, netvsc.c: the order of the bring-up.
 */
export const NETVSP_TRANSITIONS: {
  readonly [S in NetvspState]: { readonly [N in NvspName]?: NetvspState };
} = {
  // A refused version stays here, for the next one.
  Opened: { Init: 'Initialized' },
  Initialized: { SendNdisConfig: 'Initialized', SendNdisVersion: 'NdisKnown' },
  NdisKnown: { SendReceiveBuffer: 'ReceiveBuffer' },
  ReceiveBuffer: { SendSendBuffer: 'Ready' },
  Ready: { SendRndisPacket: 'Ready', RevokeReceiveBuffer: 'Ready', RevokeSendBuffer: 'Ready' },
};

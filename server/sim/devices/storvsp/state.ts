import type { StorOperation } from './message.ts';

export type StorvspState = 'Opened' | 'Begun' | 'VersionAgreed' | 'PropertiesTold' | 'Ready';

/**
 * Which request is in order in which state, and where it leads; any other is answered with
 * STATUS_INVALID_DEVICE_STATE. openvmm, storvsp/src/lib.rs.
 */
export const STORVSP_TRANSITIONS: {
  readonly [S in StorvspState]: { readonly [O in StorOperation]?: StorvspState };
} = {
  Opened: { BeginInitialization: 'Begun' },
  // A refused version stays here, for the next one.
  Begun: { QueryProtocolVersion: 'VersionAgreed' },
  VersionAgreed: { QueryProperties: 'PropertiesTold' },
  PropertiesTold: { CreateSubChannels: 'PropertiesTold', EndInitialization: 'Ready' },
  Ready: {
    CreateSubChannels: 'Ready',
    ExecuteSrb: 'Ready',
    ResetLun: 'Ready',
    ResetAdapter: 'Ready',
    ResetBus: 'Ready',
  },
};

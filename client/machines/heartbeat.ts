import type { Heartbeat } from '../../server/protocol/record/vm.ts';

const TEXTS: Readonly<Record<Heartbeat, string>> = {
  OkApplicationsUnknown: 'OK (No Application Data)',
  NoContact: 'No Contact',
  LostCommunication: 'Lost Communication',
  Paused: 'Paused',
  Error: 'Error',
};

/** As the Summary tab writes it; nothing while there is nobody to beat. */
export const heartbeatText = (heartbeat: Heartbeat | null): string =>
  heartbeat === null ? '' : TEXTS[heartbeat];

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

const MEANINGS: Readonly<Record<Heartbeat, string>> = {
  OkApplicationsUnknown: 'its guest answers',
  NoContact: 'its guest has not answered yet',
  LostCommunication: 'its guest answers no more',
  Paused: 'its guest stands still',
  Error: 'its guest answers what makes no sense',
};

/** What that means, for whoever reads it for the first time. */
export const heartbeatMeaning = (heartbeat: Heartbeat | null): string =>
  heartbeat === null ? 'nobody is there to answer' : MEANINGS[heartbeat];

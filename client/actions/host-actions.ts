import type { Seen } from '../state/lab-store.ts';

// The upper block of the Actions pane: the server. Starting and stopping the server itself stands in no
// console, because there one would walk to the machine; here it is one more action.

export type HostActionId =
  | 'new-vm'
  | 'new-disk'
  | 'edit-disk'
  | 'inspect-disk'
  | 'stop-service'
  | 'start-service'
  | 'start'
  | 'shutDown'
  | 'powerOff';

/** What the real list has and no lab here does, in its order and words. */
export const HOST_MISSING: readonly string[] = [
  'Import Virtual Machine…',
  'Hyper-V Settings…',
  'Virtual Switch Manager…',
  'Virtual SAN Manager…',
];

export interface HostOffer {
  readonly id: HostActionId;
  readonly label: string;
  readonly reason: string | null;
}

export const hostOffers = (
  host: Seen<'host'>,
  vmms: Seen<'service'> | null,
): readonly HostOffer[] => {
  const { state } = host;
  const notRunning = state === 'Running' ? null : `the host is ${(state ?? 'off').toLowerCase()}`;
  const serviceRuns = vmms?.state === 'Running';
  const serviceBusy = vmms?.state === 'StartPending' || vmms?.state === 'StopPending';
  const service = serviceBusy ? 'the service is changing' : null;
  const managed = notRunning ?? (serviceRuns ? null : 'VMMS does not run');
  const offers: HostOffer[] = [
    { id: 'new-vm', label: 'New Virtual Machine…', reason: managed },
    { id: 'new-disk', label: 'New Hard Disk…', reason: managed },
    { id: 'edit-disk', label: 'Edit Disk…', reason: managed },
    { id: 'inspect-disk', label: 'Inspect Disk…', reason: managed },
    serviceRuns || vmms?.state === 'StopPending'
      ? { id: 'stop-service', label: 'Stop Service…', reason: notRunning ?? service }
      : { id: 'start-service', label: 'Start Service', reason: notRunning ?? service },
  ];
  if (state === 'Off' || state === 'Starting') {
    const reason = state === 'Off' ? null : 'already starting';
    offers.push({ id: 'start', label: 'Start Host', reason });
  } else {
    offers.push(
      { id: 'shutDown', label: 'Shut Down Host…', reason: notRunning },
      { id: 'powerOff', label: 'Cut Power…', reason: null },
    );
  }
  return offers;
};

import { integrationDevice } from './integration-device.ts';

/** Remote Desktop Virtualization, the sixth service of 2012: control channel only. Versions recalled. */
export const remoteDesktop = integrationDevice({
  name: 'ic-rdv',
  label: 'Remote Desktop Virtualization',
  interfaceType: '276aacf4-ac15-426c-98dd-7521ad3f01fe',
  instanceId: 'f5bee29c-1741-4aad-a4c2-8fdedb46dcc2',
  hostVersions: ['1.0', '3.0'],
  guestVersions: ({ services }) => services.remoteDesktop,
  ready: () => {},
});

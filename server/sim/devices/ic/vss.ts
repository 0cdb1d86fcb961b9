import { integrationDevice } from './integration-device.ts';
import { patchService } from './service.ts';

/** Backup: 4.0 on this host. Nothing is said after the versions until a backup runs. */
export const vss = integrationDevice({
  name: 'ic-vss',
  label: 'VSS',
  interfaceType: '35fa2e29-ea23-4236-96ae-3a6ebacba440',
  instanceId: '2450ee40-33bf-4fbd-892e-9fb06e9214cf',
  // That the host still speaks to a guest of 2008 R2 by an older version is chosen.
  hostVersions: ['3.0', '4.0'],
  guestVersions: ({ services }) => services.vss,
  ready: (turn, channel) => patchService(turn, channel, { status: 'Ok' }),
});

import { must } from '../../../base/assert.ts';
import type { Id } from '../../../protocol/id.ts';
import type { RecordOf, Values } from '../../../protocol/record/index.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';

/** The services Get-VMIntegrationService lists on Server 2012, in its order. */
export const SERVICES = {
  timesync: { name: 'Time Synchronization', device: 'ic-timesync' },
  heartbeat: { name: 'Heartbeat', device: 'ic-heartbeat' },
  kvp: { name: 'Key-Value Pair Exchange', device: 'ic-kvp' },
  shutdown: { name: 'Shutdown', device: 'ic-shutdown' },
  vss: { name: 'VSS', device: 'ic-vss' },
} as const;

export type ServiceKey = keyof typeof SERVICES;

export type ServiceRecord = RecordOf<'integration-service'>;

export function serviceId(vm: Id<'vm'>, key: ServiceKey): Id<'integration-service'> {
  return `integration-service:${vm.slice('vm:'.length)}/${key}`;
}

/** Remote Desktop Virtualization has a channel and no row: nobody can switch it. */
export function keyOfDevice(device: string): ServiceKey | null {
  const found = Object.entries(SERVICES).find(([, service]) => service.device === device);
  return found === undefined ? null : (found[0] as ServiceKey);
}

export function serviceOf(turn: Turn, channel: Channel): ServiceRecord | undefined {
  const key = keyOfDevice(channel.device);
  return key === null ? undefined : turn.get('integration-service', serviceId(channel.vm, key));
}

/** The row of a service that is known to have one. */
export function mustService(turn: Turn, channel: Channel): ServiceRecord {
  return must(serviceOf(turn, channel), `${channel.device} is a listed service`);
}

export function patchService(
  turn: Turn,
  channel: Channel,
  values: Partial<Values<'integration-service'>>,
): void {
  const service = serviceOf(turn, channel);
  if (service !== undefined) turn.patch('integration-service', service.id, values);
}

/** The channel of a service on the bus of a running virtual machine, if the host offers it. */
export function channelOfService(turn: Turn, service: ServiceRecord): Channel | undefined {
  return turn
    .where('vmbus-channel', 'vm', service.vm)
    .find(({ device, state }) => device === service.device && state !== 'Revoked');
}

/** The other end is gone: a service that is switched off says so, any other waits for contact. */
export function silence(turn: Turn, channel: Channel): void {
  const service = serviceOf(turn, channel);
  if (service === undefined) return;
  const status = service.enabled ? 'NoContact' : 'Disabled';
  turn.patch('integration-service', service.id, { status, nextAt: null });
}

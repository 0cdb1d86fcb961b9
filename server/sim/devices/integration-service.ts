import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, Id, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import { connectionOf } from '../vmbus/bus-id.ts';
import { offerChannel, rescindChannel } from '../vmbus/server.ts';
import { deviceNamed, offersOf } from './index.ts';
import { isReady } from './ic/integration-device.ts';
import { enumerate } from './ic/kvp.ts';
import type { ServiceKey } from './ic/service.ts';
import { SERVICES, channelOfService, serviceId } from './ic/service.ts';
import type { ShutdownRequest } from './ic/shutdown.ts';
import { sendShutdown } from './ic/shutdown.ts';

export type IntegrationFault =
  | { readonly kind: 'ServiceDisabled'; readonly service: string }
  | { readonly kind: 'ServiceNotReady'; readonly service: string };

const KEYS = Object.keys(SERVICES) as ServiceKey[];

/** The five services Get-VMIntegrationService lists on Server 2012, all enabled. */
export function createIntegrationServices(
  turn: Turn,
  { host, vm }: { readonly host: HostId; readonly vm: VmId },
): void {
  for (const key of KEYS) {
    turn.insert('integration-service', serviceId(vm, key), {
      host,
      vm,
      ...SERVICES[key],
      enabled: true,
      status: 'NoContact',
      frameworkVersion: null,
      messageVersion: null,
      sent: 0,
      received: 0,
      lastReceivedAt: 0,
      nextAt: null,
    });
  }
}

export function removeIntegrationServices(turn: Turn, vm: VmId): void {
  for (const key of KEYS) {
    const id = serviceId(vm, key);
    if (turn.get('integration-service', id) !== undefined) turn.remove('integration-service', id);
  }
}

/** Offers or withholds a service; of a running virtual machine its channel comes or goes at once. */
export function setIntegrationService(
  turn: Turn,
  id: Id<'integration-service'>,
  enabled: boolean,
): void {
  const service = turn.must('integration-service', id);
  if (service.enabled === enabled) return;
  const channel = channelOfService(turn, service);
  turn.patch('integration-service', id, { enabled, nextAt: null });
  // One that is open says so when it has closed.
  if (channel?.state !== 'Open') {
    turn.patch('integration-service', id, { status: enabled ? 'NoContact' : 'Disabled' });
  }
  if (!enabled) {
    if (channel !== undefined) rescindChannel(turn, channel.id);
    return;
  }
  const { partition } = turn.must('vm', service.vm);
  if (partition === null || channel !== undefined) return;
  if (turn.get('vmbus-connection', connectionOf(partition)) === undefined) return;
  for (const offer of offersOf(turn, service.vm, deviceNamed(service.device))) {
    // The host may have no memory left for the port; the next start offers it again.
    offerChannel(turn, partition, offer);
  }
}

/** The channel of a service whose versions are agreed, or why there is none. */
function readyChannel(turn: Turn, vm: VmId, key: ServiceKey): Result<Channel, IntegrationFault> {
  const service = must(
    turn.get('integration-service', serviceId(vm, key)),
    'a registered virtual machine has its services',
  );
  if (!service.enabled) return fail({ kind: 'ServiceDisabled', service: service.name });
  const channel = channelOfService(turn, service);
  if (channel === undefined || !isReady(channel)) {
    return fail({ kind: 'ServiceNotReady', service: service.name });
  }
  return ok(channel);
}

/** Asks the guest to shut down; it acknowledges, then tells its own system to. */
export function requestShutdown(
  turn: Turn,
  vm: VmId,
  request: ShutdownRequest,
): Result<null, IntegrationFault> {
  const channel = readyChannel(turn, vm, 'shutdown');
  if (!channel.ok) return channel;
  if (sendShutdown(turn, channel.value, request)) return ok(null);
  return fail({ kind: 'ServiceNotReady', service: SERVICES.shutdown.name });
}

/** Reads the guest's intrinsic items again: an address or a name has changed. */
export function queryKvp(turn: Turn, vm: VmId): Result<null, IntegrationFault> {
  const channel = readyChannel(turn, vm, 'kvp');
  if (!channel.ok) return channel;
  enumerate(turn, channel.value);
  return ok(null);
}

import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { guestOf } from '../../vmbus/bus-id.ts';
import type { GuestSystem } from '../guest-system.ts';
import { vscState } from '../vsp.ts';

/**
 * What a guest tells of itself in pool Auto, in the order of its indexes: Linux hv_kvp_daemon.c,
 * hyperv.h. The service pack's name follows them (recalled).
 */
export function intrinsicsOf(turn: Turn, channel: Channel): readonly (readonly [string, string])[] {
  const os = vscState(channel)['os'] as GuestSystem;
  const computerName = turn.get('guest', guestOf(channel.id))?.computerName ?? '';
  const [major = '', minor = '', build = ''] = os.osVersion.split('.');
  const items: [string, string][] = [
    ['FullyQualifiedDomainName', computerName],
    ['IntegrationServicesVersion', os.components],
    ['NetworkAddressIPv4', addresses(turn, channel).join(';')],
    ['NetworkAddressIPv6', ''],
    ['OSBuildNumber', build],
    ['OSName', os.osName],
    ['OSMajorVersion', major],
    ['OSMinorVersion', minor],
    ['OSVersion', os.osVersion],
    ['ProcessorArchitecture', String(os.processorArchitecture)],
  ];
  if (os.servicePack !== null) items.push(['CSDVersion', os.servicePack]);
  return items;
}

function addresses(turn: Turn, channel: Channel): string[] {
  return turn
    .where('network-adapter', 'vm', channel.vm)
    .flatMap(({ connected, ipAddress }) => (connected && ipAddress !== null ? [ipAddress] : []));
}

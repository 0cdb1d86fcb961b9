import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, Id, SwitchId } from '../../protocol/id.ts';
import type { HostSpec } from '../../protocol/lab-file.ts';
import type { Turn } from '../engine/turn.ts';
import type { NetworkFault } from './fault.ts';
import { switchNotFound } from './fault.ts';
import { assignMac } from './mac-pool.ts';

// vmswitch.sys, the extensible switch: which adapters have a port on which switch. Frames between
// guests are not modelled yet; an adapter is connected or it is not.

export function switchId(host: HostId, name: string): SwitchId {
  return `virtual-switch:${host.slice('host:'.length)}/${name}`;
}

/** The lab file's switches; an external one takes its physical adapter for itself. */
export function foundSwitches(turn: Turn, host: HostId, spec: HostSpec): void {
  for (const wanted of spec.virtualSwitches) {
    const id = switchId(host, wanted.name);
    const nic =
      wanted.type === 'External'
        ? must(
            turn
              .where('physical-nic', 'host', host)
              .find(({ name }) => name === wanted.networkAdapter),
            'the lab file was checked to name an adapter of the host',
          )
        : null;
    turn.insert('virtual-switch', id, {
      host,
      name: wanted.name,
      type: wanted.type,
      physicalNic: nic?.id ?? null,
      allowManagementOs: wanted.type === 'External' ? wanted.allowManagementOs : false,
      nextAddress: FIRST_LEASE,
      scope: turn.all('virtual-switch').length,
    });
    if (nic !== null) turn.patch('physical-nic', nic.id, { virtualSwitch: id });
  }
}

/** Low numbers of a block are for what has a fixed address. */
const FIRST_LEASE = 10;

/** Gives a starting virtual machine's adapter its address and, if it has a switch, a port there. */
export function connectPort(
  turn: Turn,
  adapter: Id<'network-adapter'>,
): Result<null, NetworkFault> {
  const { host, vm, name, virtualSwitch } = turn.must('network-adapter', adapter);
  const target = virtualSwitch === null ? null : turn.get('virtual-switch', virtualSwitch);
  if (target === undefined) return fail(switchNotFound({ adapter: name, virtualSwitch }));
  const mac = assignMac(turn, adapter);
  if (!mac.ok) return mac;
  if (target === null) return ok(null);
  turn.patch('network-adapter', adapter, { connected: true });
  turn.fact({
    kind: 'state',
    from: 'vmswitch',
    host,
    vm,
    summary: `${name} ${mac.value} connected to ${target.name}`,
    data: { adapter, mac: mac.value, virtualSwitch: target.id },
  });
  return ok(null);
}

export function disconnectPort(turn: Turn, adapter: Id<'network-adapter'>): void {
  const { host, vm, name, connected, virtualSwitch } = turn.must('network-adapter', adapter);
  if (!connected) return;
  turn.patch('network-adapter', adapter, { connected: false, ipAddress: null });
  turn.fact({
    kind: 'state',
    from: 'vmswitch',
    host,
    vm,
    summary: `${name} disconnected`,
    data: { adapter, virtualSwitch },
  });
}

/** The host lost its power: no port is left. */
export function forgetPorts(turn: Turn, host: HostId): void {
  for (const { id } of turn.where('network-adapter', 'host', host)) {
    turn.patch('network-adapter', id, { connected: false, ipAddress: null });
  }
}

import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { VM_SWITCH } from '../../objects/host-objects.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { NETWORK_ADAPTER } from '../../objects/network-adapter.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hostsOf } from './hosts.ts';
import { machinesOf } from './machines.ts';
import { switchNamed } from './new-vm.ts';
import { refuses } from './refuses.ts';

type Adapter = RecordOf<'network-adapter'>;

export const getVmSwitch: Cmdlet = {
  name: 'Get-VMSwitch',
  synopsis: 'Lists the virtual switches of a host.',
  examples: [{ line: 'Get-VMSwitch -SwitchType External', about: 'Those with a wire to outside.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Name', 'SwitchType', 'ComputerName'])) return;
    const name = bound.text('Name') ?? '*';
    const pattern = new Wildcard(name);
    const types = bound.values('SwitchType')?.map(type => textOf(type));
    for (const host of yield* hostsOf(call)) {
      // A pattern that matches nothing is no mistake.
      if (!/[*?[]/.test(name) && (yield* switchNamed(call, host, name)) === undefined) continue;
      for (const one of shell.lab.by('virtual-switch', 'host', host.id))
        if (pattern.matches(one.name) && (types?.includes(one.type) ?? true))
          yield* shell.write(new LabObject(VM_SWITCH, one, shell.lab));
    }
  },
};

/** Adapters as objects, or by the machine's name and their own. */
function* adaptersOf(call: Call): Steps<readonly Adapter[]> {
  const { bound, shell } = call;
  const objects = bound.values('VMNetworkAdapter');
  if (objects !== undefined)
    return objects.flatMap(object => recordIn(object, 'network-adapter') ?? []);
  const patterns = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
  const machines = yield* machinesOf(call, bound.texts('VMName') ?? []);
  return machines.flatMap(vm =>
    shell.lab
      .by('network-adapter', 'vm', vm.id)
      .filter(one => patterns.some(pattern => pattern.matches(one.name))),
  );
}

function* connect(
  call: Call,
  adapter: Adapter,
  virtualSwitch: Id<'virtual-switch'> | null,
): Steps<void> {
  const { bound, shell } = call;
  const object = new LabObject(NETWORK_ADAPTER, adapter, shell.lab);
  const args = { vm: adapter.vm, adapter: adapter.id, virtualSwitch };
  if (!(yield* shell.finish('vm.connectNetworkAdapter', args, object))) return;
  if (bound.flag('Passthru')) yield* shell.write(object);
}

export const connectVmNetworkAdapter: Cmdlet = {
  name: 'Connect-VMNetworkAdapter',
  synopsis: 'Connects network adapters to a virtual switch.',
  examples: [{ line: 'Connect-VMNetworkAdapter WEB01 -SwitchName LAN', about: 'Plugged in.' }],
  *process(call) {
    const { bound, shell } = call;
    const known = ['VMName', 'Name', 'SwitchName', 'VMSwitch', 'VMNetworkAdapter', 'ComputerName'];
    if (yield* refuses(call, known)) return;
    const given = recordIn(bound.value('VMSwitch') ?? null, 'virtual-switch');
    for (const adapter of yield* adaptersOf(call)) {
      const name = shell.lab.get('vm', adapter.vm)?.name ?? '';
      if (!(yield* shell.should(name, 'Connect-VMNetworkAdapter'))) continue;
      const host = shell.lab.get('host', adapter.host);
      if (host === undefined) continue;
      const found = given?.id ?? (yield* switchNamed(call, host, bound.text('SwitchName') ?? ''));
      if (found !== undefined) yield* connect(call, adapter, found as Id<'virtual-switch'>);
    }
  },
};

export const disconnectVmNetworkAdapter: Cmdlet = {
  name: 'Disconnect-VMNetworkAdapter',
  synopsis: 'Takes network adapters off their virtual switch.',
  examples: [{ line: 'Disconnect-VMNetworkAdapter WEB01', about: 'Unplugged.' }],
  *process(call) {
    const { shell } = call;
    for (const adapter of yield* adaptersOf(call)) {
      const name = shell.lab.get('vm', adapter.vm)?.name ?? '';
      if (yield* shell.should(name, 'Disconnect-VMNetworkAdapter'))
        yield* connect(call, adapter, null);
    }
  },
};

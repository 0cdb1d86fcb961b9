import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Id } from '../../protocol/id.ts';
import type { ArgsOf, Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { setIntegrationService } from '../devices/integration-service.ts';
import { indicateLink } from '../devices/netvsp/netvsp.ts';
import type { Turn } from '../engine/turn.ts';
import { linkChanged } from '../guest/network-address.ts';
import { connectPort, disconnectPort } from '../network/vmswitch.ts';
import { setProperties } from '../vid/vid.ts';
import { partitionOfVm } from '../vmwp/build.ts';
import { checkMemory, checkProcessors } from './create-vm.ts';
import { invalidState, notFound, outOfRange, wrongHost } from './refusal.ts';
import { unregister } from './registry.ts';
import { forgetSnapshots } from './snapshots.ts';
import type { VmChange } from './vm-state.ts';
import { mayChange } from './vm-state.ts';

// Changes of a configuration. Which are allowed while a virtual machine runs is a row of VM_CHANGES;
// those that are reach what runs at once.

type Vm = RecordOf<'vm'>;
type Done = Result<null, Refusal>;

const DONE = ok(null);

function refusedBy(
  vm: Vm,
  change: VmChange,
  requested: string,
): ReturnType<typeof invalidState> | null {
  // A transition is nobody's moment to change anything, whatever its state would allow.
  return mayChange(vm.state, change) ? null : invalidState(vm, requested);
}

export function renameVm(turn: Turn, vm: Vm, name: string): Done {
  turn.patch('vm', vm.id, { name });
  return DONE;
}

export function deleteVm(turn: Turn, vm: Vm): Done {
  const refused = refusedBy(vm, 'delete', 'delete');
  if (refused !== null) return refused;
  forgetSnapshots(turn, vm);
  unregister(turn, vm.id);
  return DONE;
}

export function setMemory(turn: Turn, vm: Vm, startup: number): Done {
  const refused = refusedBy(vm, 'memoryStartup', 'setMemory');
  if (refused !== null) return refused;
  const checked = checkMemory(vm.name, startup);
  if (!checked.ok) return checked;
  turn.patch('vm', vm.id, { memoryStartup: startup });
  return DONE;
}

export function setProcessors(turn: Turn, vm: Vm, wanted: ArgsOf<'vm.setProcessors'>): Done {
  const { count = vm.processorCount, weight = vm.cpuWeight } = wanted;
  const { reserve = vm.cpuReserve, limit = vm.cpuLimit } = wanted;
  if (count !== vm.processorCount) {
    const refused = refusedBy(vm, 'processorCount', 'setProcessors');
    if (refused !== null) return refused;
    const checked = checkProcessors(turn, vm.host, { name: vm.name, count });
    if (!checked.ok) return checked;
  }
  const refused = refusedBy(vm, 'processorShare', 'setProcessors');
  if (refused !== null) return refused;
  if (reserve > limit) {
    return outOfRange(vm.name, 'Processor', 'The reserve cannot be more than the limit.');
  }
  const partition = partitionOfVm(turn, vm.id);
  if (partition !== null) {
    const set = setProperties(turn, partition, { reserve, cap: limit, weight });
    if (!set.ok) return set;
  }
  const share = { cpuReserve: reserve, cpuLimit: limit, cpuWeight: weight };
  turn.patch('vm', vm.id, { processorCount: count, ...share });
  return DONE;
}

/** Which of VM_CHANGES each setting is. */
const SETTINGS = [
  ['notes', 'notes'],
  ['automaticStartAction', 'automaticStart'],
  ['automaticStartDelay', 'automaticStart'],
  ['automaticStopAction', 'automaticStop'],
  ['bootOrder', 'bootOrder'],
] as const satisfies readonly (readonly [keyof ArgsOf<'vm.configure'>, VmChange])[];

export function configure(turn: Turn, vm: Vm, wanted: ArgsOf<'vm.configure'>): Done {
  for (const [setting, change] of SETTINGS) {
    const refused = wanted[setting] === undefined ? null : refusedBy(vm, change, 'configure');
    if (refused !== null) return refused;
  }
  const {
    notes = vm.notes,
    automaticStartAction = vm.automaticStartAction,
    automaticStartDelay = vm.automaticStartDelay,
    automaticStopAction = vm.automaticStopAction,
    bootOrder = vm.bootOrder,
  } = wanted;
  turn.patch('vm', vm.id, {
    notes,
    automaticStartAction,
    automaticStartDelay,
    automaticStopAction,
    bootOrder,
  });
  return DONE;
}

export function setDvd(turn: Turn, vm: Vm, image: Id<'library-image'> | null): Done {
  const refused = refusedBy(vm, 'dvd', 'setDvd');
  if (refused !== null) return refused;
  const drive = turn.where('disk-drive', 'vm', vm.id).find(each => each.type === 'Dvd');
  if (drive === undefined) return notFound('disk-drive:Dvd');
  if (image === null) {
    turn.patch('disk-drive', drive.id, { media: null });
    return DONE;
  }
  const iso = turn.get('library-image', image);
  if (iso?.type !== 'Iso') return notFound(image);
  if (iso.host !== vm.host) return wrongHost(image, vm.host);
  turn.patch('disk-drive', drive.id, { media: iso.path });
  return DONE;
}

export function connectNetworkAdapter(
  turn: Turn,
  vm: Vm,
  { adapter: id, virtualSwitch }: ArgsOf<'vm.connectNetworkAdapter'>,
): Done {
  const refused = refusedBy(vm, 'networkConnection', 'connectNetworkAdapter');
  if (refused !== null) return refused;
  const adapter = turn.get('network-adapter', id);
  if (adapter === undefined || adapter.vm !== vm.id) return notFound(id);
  const target = virtualSwitch === null ? null : turn.get('virtual-switch', virtualSwitch);
  if (target === undefined) return notFound(String(virtualSwitch));
  if (target !== null && target.host !== vm.host) return wrongHost(target.id, vm.host);
  disconnectPort(turn, id);
  turn.patch('network-adapter', id, { virtualSwitch });
  if (partitionOfVm(turn, vm.id) === null) return DONE;
  const connected = connectPort(turn, id);
  indicateLink(turn, id);
  linkChanged(turn, vm.id);
  return connected;
}

export function setService(
  turn: Turn,
  vm: Vm,
  { service: id, enabled }: ArgsOf<'vm.setIntegrationService'>,
): Done {
  const refused = refusedBy(vm, 'integrationService', 'setIntegrationService');
  if (refused !== null) return refused;
  if (turn.get('integration-service', id)?.vm !== vm.id) return notFound(id);
  setIntegrationService(turn, id, enabled);
  return DONE;
}

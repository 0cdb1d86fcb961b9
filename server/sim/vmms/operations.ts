import type { Json } from '../../base/json.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { HostId, Id, PersonId, VmId } from '../../protocol/id.ts';
import type { ArgsOf, OperationResult, Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { OperationHandler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import {
  configure,
  connectNetworkAdapter,
  deleteVm,
  renameVm,
  setDvd,
  setMemory,
  setProcessors,
  setService,
} from './configure-vm.ts';
import { createVm } from './create-vm.ts';
import { enter, enterFor } from './door.ts';
import {
  addDrive,
  addScsiController,
  removeDrive,
  removeScsiController,
  setDrive,
} from './drives.ts';
import { endProcess } from './end-process.ts';
import { crashInside, shutDownInside } from './inside-guest.ts';
import { powerOffHost, shutDownHost, startHost } from './host.ts';
import { changeRunning } from './pause-vm.ts';
import { hostUnreachable, invalidState, notFound } from './refusal.ts';
import { deleteSavedState, saveVm } from './save-vm.ts';
import { applySnapshot, isInSnapshot, takeSnapshot } from './snapshot-jobs.ts';
import { deleteSnapshot, renameSnapshot } from './snapshots.ts';
import { startService, stopService } from './service.ts';
import { shutDownVm } from './shut-down-vm.ts';
import { startVm } from './start-vm.ts';
import { turnOffVm } from './turn-off-vm.ts';

// Every operation on hosts and virtual machines, from the name a client submits to the component
// that carries it out. What comes back is `{ vm }`, `{ job }` or null.

type Vm = RecordOf<'vm'>;
type Host = RecordOf<'host'>;
type Answer = Result<Json, Refusal>;
type Person = PersonId | null;

function onVm<A extends { readonly vm: VmId }>(
  act: (turn: Turn, vm: Vm, args: A, person: Person) => Answer,
  isFree = false,
): OperationHandler<A> {
  return (turn, args, person): OperationResult => {
    const entered = enterFor(turn, args.vm);
    if (!entered.ok) return entered;
    // Turned off, its snapshot is given up; a name may change; all else waits until it is done.
    if (!isFree && isInSnapshot(turn, entered.value)) return invalidState(entered.value, 'change');
    return act(turn, entered.value, args, person);
  };
}

/** One that opens a job. */
function jobOnVm<A extends { readonly vm: VmId }>(
  act: (turn: Turn, vm: Vm, args: A, person: Person) => Result<Id<'job'>, Refusal>,
  isFree = false,
): OperationHandler<A> {
  return onVm<A>((turn, vm, args, person) => asJob(act(turn, vm, args, person)), isFree);
}

function asJob(result: Result<Id<'job'>, Refusal>): Answer {
  return result.ok ? ok({ job: result.value }) : result;
}

/** What a person does at the host itself: nobody's service is asked. */
function onHost(
  act: (turn: Turn, host: Host, person: Person) => Answer,
): OperationHandler<{ readonly host: HostId }> {
  return (turn, { host: id }, person) => {
    const host = turn.get('host', id);
    return host === undefined ? notFound(id) : act(turn, host, person);
  };
}

function onService(
  act: (turn: Turn, service: RecordOf<'service'>) => Answer,
): OperationHandler<{ readonly service: Id<'service'> }> {
  return (turn, { service: id }) => {
    const service = turn.get('service', id);
    if (service === undefined) return notFound(id);
    const host = turn.must('host', service.host);
    return host.state === 'Running' ? act(turn, service) : hostUnreachable(host);
  };
}

type OnVm = { readonly vm: VmId };

export const VM_HANDLERS = {
  'vm.create': (turn: Turn, args: ArgsOf<'vm.create'>): OperationResult => {
    const entered = enter(turn, args.host);
    if (!entered.ok) return entered;
    const made = createVm(turn, args);
    return made.ok ? ok({ vm: made.value }) : made;
  },
  'vm.start': jobOnVm<OnVm>((turn, vm, _, person) => startVm(turn, vm, person)),
  'vm.pause': jobOnVm<OnVm>((turn, vm, _, person) => changeRunning(turn, vm, 'pause', person)),
  'vm.resume': jobOnVm<OnVm>((turn, vm, _, person) => changeRunning(turn, vm, 'resume', person)),
  'vm.save': jobOnVm<OnVm>((turn, vm, _, person) => saveVm(turn, vm, person)),
  'vm.deleteSavedState': onVm<OnVm>((turn, vm) => deleteSavedState(turn, vm)),
  'vm.reset': jobOnVm<OnVm>((turn, vm, _, person) => changeRunning(turn, vm, 'reset', person)),
  'vm.turnOff': jobOnVm<OnVm>((turn, vm, _, person) => turnOffVm(turn, vm, person), true),
  'vm.shutDown': jobOnVm<ArgsOf<'vm.shutDown'>>((turn, vm, { force }, person) =>
    shutDownVm(turn, vm, { force, person }),
  ),
  'vm.rename': onVm<ArgsOf<'vm.rename'>>((turn, vm, { name }) => renameVm(turn, vm, name), true),
  'vm.delete': onVm<OnVm>((turn, vm) => deleteVm(turn, vm)),
  'vm.setMemory': onVm<ArgsOf<'vm.setMemory'>>((turn, vm, { startup }) =>
    setMemory(turn, vm, startup),
  ),
  'vm.setProcessors': onVm<ArgsOf<'vm.setProcessors'>>((turn, vm, args) =>
    setProcessors(turn, vm, args),
  ),
  'vm.configure': onVm<ArgsOf<'vm.configure'>>((turn, vm, args) => configure(turn, vm, args)),
  'vm.setDvd': onVm<ArgsOf<'vm.setDvd'>>((turn, vm, { image }) => setDvd(turn, vm, image)),
  'vm.takeSnapshot': jobOnVm<ArgsOf<'vm.takeSnapshot'>>((turn, vm, { name }, person) =>
    takeSnapshot(turn, vm, { name, person }),
  ),
  'vm.applySnapshot': jobOnVm<ArgsOf<'vm.applySnapshot'>>((turn, vm, { snapshot }, person) =>
    applySnapshot(turn, vm, { snapshot, person }),
  ),
  'vm.deleteSnapshot': onVm<ArgsOf<'vm.deleteSnapshot'>>(deleteSnapshot),
  'vm.renameSnapshot': onVm<ArgsOf<'vm.renameSnapshot'>>(renameSnapshot, true),
  'vm.addDrive': onVm<ArgsOf<'vm.addDrive'>>((turn, vm, args) => {
    const added = addDrive(turn, vm, args);
    return added.ok ? ok({ drive: added.value }) : added;
  }),
  'vm.setDrive': onVm<ArgsOf<'vm.setDrive'>>((turn, vm, args) => setDrive(turn, vm, args)),
  'vm.removeDrive': onVm<ArgsOf<'vm.removeDrive'>>((turn, vm, args) => removeDrive(turn, vm, args)),
  'vm.addScsiController': onVm<OnVm>((turn, vm) => addScsiController(turn, vm)),
  'vm.removeScsiController': onVm<ArgsOf<'vm.removeScsiController'>>((turn, vm, args) =>
    removeScsiController(turn, vm, args),
  ),
  'vm.connectNetworkAdapter': onVm<ArgsOf<'vm.connectNetworkAdapter'>>((turn, vm, args) =>
    connectNetworkAdapter(turn, vm, args),
  ),
  'vm.setIntegrationService': onVm<ArgsOf<'vm.setIntegrationService'>>((turn, vm, args) =>
    setService(turn, vm, args),
  ),
  'guest.crash': insideGuest(crashInside),
  'guest.shutDown': insideGuest(shutDownInside),
} as const;

/** What somebody does at the guest's own console, which VMMS has no part in. */
function insideGuest(act: (turn: Turn, vm: Vm) => Answer): OperationHandler<OnVm> {
  return (turn, { vm: id }) => {
    const vm = turn.get('vm', id);
    return vm === undefined ? notFound(id) : act(turn, vm);
  };
}

export const HOST_HANDLERS = {
  'host.start': onHost((turn, host, person) => asJob(startHost(turn, host, person))),
  'host.shutDown': onHost((turn, host, person) => asJob(shutDownHost(turn, host, person))),
  'host.powerOff': onHost((turn, host) => powerOffHost(turn, host)),
  'service.stop': onService(stopService),
  'service.start': onService(startService),
  'process.end': (turn: Turn, args: ArgsOf<'process.end'>) => endProcess(turn, args.process),
} as const;

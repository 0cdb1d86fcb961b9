import type { VmState } from '../../../protocol/record/vm.ts';
import type { Cmdlet } from '../../engine/cmdlet.ts';
import { type Action, alreadySo, confirmed, vmAction } from './act.ts';

/** The operation, unless the machine is in that state already: then a warning. */
const unless = (state: VmState, op: string): Action['order'] =>
  function* (call, vm) {
    return vm.state === state ? yield* alreadySo(call) : { op };
  };

/** The operation, once somebody said yes or -Force was given. */
const asked = (verb: string, op: string): Action['order'] =>
  function* (call, { name }) {
    const question = `Are you sure you want to ${verb} virtual machine "${name}"?`;
    return (yield* confirmed(call, question)) ? { op } : null;
  };

export const startVm: Cmdlet = vmAction({
  name: 'Start-VM',
  synopsis: 'Starts virtual machines, or restores saved ones.',
  examples: [
    { line: 'Start-VM WEB01', about: 'One machine.' },
    { line: 'Get-VM WEB* | Start-VM', about: 'All whose names begin with WEB.' },
  ],
  order: unless('Running', 'vm.start'),
});

export const stopVm: Cmdlet = vmAction({
  name: 'Stop-VM',
  synopsis: 'Shuts virtual machines down, turns them off or saves them.',
  examples: [
    { line: 'Stop-VM SQL01', about: 'Asks the guest to shut down.' },
    { line: 'Stop-VM SQL01 -TurnOff', about: 'Like pulling the plug.' },
  ],
  *order(call, vm) {
    const { bound } = call;
    if (vm.state === 'Off') return yield* alreadySo(call);
    if (bound.flag('TurnOff')) return { op: 'vm.turnOff' };
    if (bound.flag('Save')) return { op: 'vm.save' };
    return { op: 'vm.shutDown', args: { force: bound.flag('Force') } };
  },
});

export const saveVm: Cmdlet = vmAction({
  name: 'Save-VM',
  synopsis: 'Saves the memory of virtual machines to disk and stops them.',
  examples: [{ line: 'Save-VM SQL01', about: 'It goes on from here when it is started.' }],
  order: unless('Saved', 'vm.save'),
});

export const suspendVm: Cmdlet = vmAction({
  name: 'Suspend-VM',
  synopsis: 'Pauses virtual machines: their processors stand still, their memory stays.',
  examples: [{ line: 'Suspend-VM SQL01', about: 'Paused.' }],
  order: unless('Paused', 'vm.pause'),
});

export const resumeVm: Cmdlet = vmAction({
  name: 'Resume-VM',
  synopsis: 'Lets paused virtual machines go on.',
  examples: [{ line: 'Resume-VM SQL01', about: 'Running again.' }],
  order: unless('Running', 'vm.resume'),
});

export const restartVm: Cmdlet = vmAction({
  name: 'Restart-VM',
  synopsis: 'Resets virtual machines without asking their guests.',
  examples: [{ line: 'Restart-VM WEB01 -Force', about: 'Without the question.' }],
  order: asked('restart', 'vm.reset'),
});

export const removeVm: Cmdlet = vmAction({
  name: 'Remove-VM',
  synopsis: 'Removes virtual machines; their virtual hard disks stay.',
  examples: [{ line: 'Remove-VM TEST01 -Force', about: 'Without the question.' }],
  order: asked('remove', 'vm.delete'),
});

export const removeVmSavedState: Cmdlet = vmAction({
  name: 'Remove-VMSavedState',
  synopsis: 'Throws away the saved memory of virtual machines.',
  examples: [{ line: 'Remove-VMSavedState SQL01', about: 'It is Off, and starts afresh.' }],
  *order() {
    return { op: 'vm.deleteSavedState' };
  },
});

import type { Cmdlet } from '../../engine/cmdlet.ts';
import { driveControllers } from '../../objects/drive-controller.ts';
import { vmAction } from './act.ts';
import { controllerIn } from './drive-places.ts';
import { machinesOf } from './machines.ts';

export const addVmScsiController: Cmdlet = {
  name: 'Add-VMScsiController',
  synopsis: 'Adds a SCSI controller to virtual machines.',
  examples: [{ line: 'Add-VMScsiController SQL01', about: 'One more, up to four.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const vm of yield* machinesOf(call)) {
      if (!(yield* shell.should(vm.name, 'Add-VMScsiController'))) continue;
      if (!(yield* shell.finish('vm.addScsiController', { vm: vm.id }, vm.name))) continue;
      const last = driveControllers(shell.lab, vm.id, 'SCSI').at(-1);
      if (bound.flag('Passthru') && last !== undefined) yield* shell.write(last);
    }
  },
};

export const removeVmScsiController = vmAction({
  name: 'Remove-VMScsiController',
  synopsis: 'Removes a SCSI controller with its drives; their files stay.',
  examples: [{ line: 'Remove-VMScsiController SQL01 -ControllerNumber 1', about: 'The second.' }],
  *order(call) {
    const { number } = controllerIn(call, 'VMScsiController');
    const args = { number: number ?? call.bound.number('ControllerNumber') ?? 0 };
    return { op: 'vm.removeScsiController', args };
  },
});

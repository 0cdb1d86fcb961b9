import type { Cmdlet } from '../../engine/cmdlet.ts';
import { VM_BIOS } from '../../objects/board.ts';
import { LabObject } from '../../objects/lab-object.ts';
import { textOf } from '../../value/text.ts';
import { invalidArgument, machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';

/** What the BIOS calls a device that goes by two names. */
const DEVICES: ReadonlyMap<string, string> = new Map([
  ['VHD', 'IDE'],
  ['NetworkAdapter', 'LegacyNetworkAdapter'],
]);

export const deviceNamed = (name: string): string => DEVICES.get(name) ?? name;

export const setVmBios: Cmdlet = {
  name: 'Set-VMBios',
  synopsis: 'Sets from what virtual machines boot, in order, while they are Off.',
  examples: [
    {
      line: 'Set-VMBios WEB01 -StartupOrder IDE, CD, LegacyNetworkAdapter, Floppy',
      about: 'The disk before the DVD.',
    },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['VM', 'VMName', 'VMBios', 'ComputerName', 'StartupOrder'])) return;
    const order = (bound.values('StartupOrder') ?? []).map(one => deviceNamed(textOf(one)));
    if (new Set(order).size !== 4 || order.length !== 4)
      return yield* shell.error(
        invalidArgument(call, 'The startup order has to name every boot device once.', null),
      );
    for (const vm of yield* machinesOf(call)) {
      if (!(yield* shell.should(vm.name, 'Set-VMBios'))) continue;
      const object = new LabObject(VM_BIOS, vm, shell.lab);
      if (!(yield* shell.finish('vm.configure', { vm: vm.id, bootOrder: order }, object))) continue;
      if (bound.flag('Passthru')) yield* shell.write(object);
    }
  },
};

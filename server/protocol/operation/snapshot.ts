import { z } from 'zod';
import { givenName, idOf, operation } from './operation.ts';

const onSnapshot = { vm: idOf('vm'), snapshot: idOf('vm-snapshot') };

export const SNAPSHOT_OPERATIONS = {
  'vm.takeSnapshot': operation({
    verb: 'lab.command',
    about: 'Takes a snapshot: configuration, disks, and the memory of a running machine.',
    args: z.strictObject({ vm: idOf('vm'), name: givenName }),
  }),
  'vm.applySnapshot': operation({
    verb: 'lab.command',
    about: 'Makes the virtual machine what it was; what it is now is lost.',
    args: z.strictObject(onSnapshot),
  }),
  'vm.deleteSnapshot': operation({
    verb: 'lab.command',
    about: 'Deletes a snapshot, or it and all below it; its disks are merged meanwhile.',
    args: z.strictObject({ ...onSnapshot, subtree: z.boolean().default(false) }),
  }),
  'vm.renameSnapshot': operation({
    verb: 'lab.command',
    about: 'Gives a snapshot another name.',
    args: z.strictObject({ ...onSnapshot, name: givenName }),
  }),
} as const;

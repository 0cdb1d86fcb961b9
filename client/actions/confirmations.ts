import type { HostActionId } from './host-actions.ts';
import type { VmActionId } from './vm-actions.ts';

// Where the real product asks first, and its words. Recalled from Hyper-V Manager of Server 2012, not
// checked against it. The host questions are ours: no console asks them.

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What follows that a learner may not expect. */
  readonly note?: string;
  /** The same in PowerShell. */
  readonly line?: string | null;
  readonly yes: string;
  readonly no: string;
}

type Ask = (name: string) => Question;

export const VM_QUESTIONS: Partial<Record<VmActionId, Ask>> = {
  turnOff: name => ({
    title: 'Turn Off Machine',
    text: `Are you sure you want to turn off ${name}?`,
    note: 'Turning off a virtual machine is like pulling the plug of a computer: its guest is not told, and data that it has not written is lost.',
    yes: 'Turn Off',
    no: "Don't Turn Off",
  }),
  shutDown: name => ({
    title: 'Shut Down Machine',
    text: `Are you sure you want to shut down the operating system in ${name}?`,
    yes: 'Shut Down',
    no: "Don't Shut Down",
  }),
  reset: name => ({
    title: 'Reset Machine',
    text: `Are you sure you want to reset ${name}?`,
    note: 'Its guest is not told, and data that it has not written is lost.',
    yes: 'Reset',
    no: "Don't Reset",
  }),
  deleteSavedState: name => ({
    title: 'Delete Saved State',
    text: `Are you sure you want to delete the saved state of ${name}?`,
    note: 'What was in its memory is lost, as if its power had failed.',
    yes: 'Delete',
    no: "Don't Delete",
  }),
  delete: name => ({
    title: 'Delete Selected Virtual Machines',
    text: `Are you sure you want to delete the virtual machine ${name}?`,
    note: 'The virtual hard disks are not deleted.',
    yes: 'Delete',
    no: "Don't Delete",
  }),
};

export const HOST_QUESTIONS: Partial<Record<HostActionId, Ask>> = {
  'stop-service': name => ({
    title: 'Stop Service',
    text: `Are you sure you want to stop the Virtual Machine Management service on ${name}?`,
    note: 'Virtual machines keep running, but nothing can manage them until the service runs again.',
    yes: 'Stop Service',
    no: "Don't Stop",
  }),
  shutDown: name => ({
    title: 'Shut Down Host',
    text: `Are you sure you want to shut down ${name}?`,
    note: 'Each of its virtual machines follows its own automatic stop action.',
    yes: 'Shut Down',
    no: "Don't Shut Down",
  }),
  powerOff: name => ({
    title: 'Cut Power',
    text: `Are you sure you want to cut the power of ${name}?`,
    note: 'Everything that runs on it stops at once, and nobody is told.',
    yes: 'Cut Power',
    no: "Don't Cut",
  }),
};

export const END_PROCESS: Ask = name => ({
  title: 'End Process',
  text: `Are you sure you want to end vmwp.exe of ${name}?`,
  note: 'Only this virtual machine dies: it is Off at once, and VMMS writes event 14070.',
  yes: 'End Process',
  no: 'Cancel',
});

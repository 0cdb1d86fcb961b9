import type { Cmdlet } from '../../engine/cmdlet.ts';
import { vmAction } from './act.ts';

export const renameVm: Cmdlet = vmAction({
  name: 'Rename-VM',
  synopsis: 'Gives a virtual machine another name.',
  examples: [{ line: 'Rename-VM WEB01 WEB02', about: 'The guest keeps its own name.' }],
  *order({ bound }) {
    return { op: 'vm.rename', args: { name: bound.text('NewName') ?? '' } };
  },
});

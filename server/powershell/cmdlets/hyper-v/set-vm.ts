import type { Json } from '../../../base/json.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { virtualMachine } from '../../objects/virtual-machine.ts';
import { textOf } from '../../value/text.ts';
import { machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';

interface Change {
  readonly op: string;
  readonly args: { readonly [name: string]: Json };
}

/** What parameters change, as operations. A parameter that is not here is not simulated, and says so. */
const changesOf = ({ bound }: Call): readonly Change[] => {
  const changes: Change[] = [];
  const startup = bound.number('MemoryStartupBytes') ?? bound.number('StartupBytes');
  if (startup !== undefined) changes.push({ op: 'vm.setMemory', args: { startup } });
  const processors = processorsOf(bound);
  if (Object.keys(processors).length > 0)
    changes.push({ op: 'vm.setProcessors', args: processors });
  const behaviour = behaviourOf(bound);
  if (Object.keys(behaviour).length > 0) changes.push({ op: 'vm.configure', args: behaviour });
  const name = bound.text('NewVMName');
  if (name !== undefined) changes.push({ op: 'vm.rename', args: { name } });
  return changes;
};

/** Texts, names of enums, and seconds, as the operation has them. */
const behaviourOf = (bound: Call['bound']): { readonly [name: string]: Json } => {
  const text = (name: string): readonly [string, Json][] => {
    const value = bound.value(name);
    return value === undefined ? [] : [[lowered(name), textOf(value)]];
  };
  const delay = bound.number('AutomaticStartDelay');
  return Object.fromEntries([
    ...text('Notes'),
    ...text('AutomaticStartAction'),
    ...(delay === undefined ? [] : [['automaticStartDelay', delay] as const]),
    ...text('AutomaticStopAction'),
  ]);
};

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const PROCESSORS = [
  ['ProcessorCount', 'count'],
  ['Count', 'count'],
  ['Reserve', 'reserve'],
  ['Maximum', 'limit'],
  ['RelativeWeight', 'weight'],
] as const;

const processorsOf = (bound: Call['bound']): { readonly [name: string]: Json } =>
  Object.fromEntries(
    PROCESSORS.flatMap(([parameter, arg]) => {
      const value = bound.number(parameter);
      return value === undefined ? [] : [[arg, value]];
    }),
  );

/** Parameters that change something here, or say whom. No machine of the lab has dynamic memory. */
const KNOWN = (
  'VM VMName Name ComputerName StaticMemory DynamicMemoryEnabled:False VMMemory VMProcessor ' +
  'MemoryStartupBytes StartupBytes NewVMName ProcessorCount Count Reserve Maximum RelativeWeight ' +
  'Notes AutomaticStartAction AutomaticStartDelay AutomaticStopAction'
).split(' ');

function* setOne(call: Call, vm: RecordOf<'vm'>, name: string): Steps<void> {
  const { bound, shell } = call;
  const object = virtualMachine(vm, shell.lab);
  if (!(yield* shell.should(vm.name, name))) return;
  for (const { op, args } of changesOf(call))
    if (!(yield* shell.finish(op, { vm: vm.id, ...args }, object))) return;
  if (bound.flag('Passthru')) yield* shell.write(object);
}

const setter = (name: string, synopsis: string, line: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line, about: 'While the machine is Off.' }],
  *process(call) {
    if (yield* refuses(call, KNOWN)) return;
    for (const vm of yield* machinesOf(call)) yield* setOne(call, vm, name);
  },
});

export const setVm = setter(
  'Set-VM',
  'Changes settings of virtual machines.',
  'Set-VM WEB01 -ProcessorCount 2 -MemoryStartupBytes 2GB',
);
export const setVmMemory = setter(
  'Set-VMMemory',
  'Changes the memory of virtual machines.',
  'Set-VMMemory WEB01 -StartupBytes 1GB',
);
export const setVmProcessor = setter(
  'Set-VMProcessor',
  'Changes the processors of virtual machines.',
  'Set-VMProcessor WEB01 -Count 4 -Reserve 10',
);

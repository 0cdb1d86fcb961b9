import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { recordIn } from '../../objects/lab-object.ts';
import { compareText } from '../../value/compare.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hostsOf } from './hosts.ts';

type Vm = RecordOf<'vm'>;

const ARGUMENT = 'Microsoft.HyperV.PowerShell.VirtualizationInvalidArgumentException';

/** The names a machine may go by in a command: `Name`, or `VMName` where Name is something else. */
const NAME_PARAMETERS = ['VMName', 'Name'];

/** Objects that stand for a machine: itself, or a side of it. */
const OBJECT_PARAMETERS = [
  'VM',
  'VMMemory',
  'VMProcessor',
  'VMBios',
  'VMDriveController',
  'VMScsiController',
];

/** The machines a command is about: objects, ids, or names on its hosts; an error for each unknown one. */
export function* machinesOf(call: Call, names = namesOf(call)): Steps<readonly Vm[]> {
  if (call.bound.has('VMSnapshot')) {
    yield* notOfSnapshots(call);
    return [];
  }
  const objects = OBJECT_PARAMETERS.map(name => call.bound.values(name)).find(
    given => given !== undefined,
  );
  if (objects !== undefined) return yield* ofObjects(call, objects);
  const hosts = yield* hostsOf(call);
  const here = hosts.flatMap(host => call.shell.lab.by('vm', 'host', host.id));
  const id = call.bound.value('Id') ?? call.bound.value('VMId');
  if (id !== undefined) return yield* byId(call, here, textOf(id));
  if (names === undefined) return inOrder(here);
  const found: Vm[] = [];
  for (const name of names) {
    const pattern = new Wildcard(name);
    const matching = inOrder(here.filter(vm => pattern.matches(vm.name)));
    found.push(...matching);
    // A pattern that matches nothing is no mistake.
    if (matching.length === 0 && !/[*?[]/.test(name) && hosts.length > 0)
      yield* unknown(call, name);
  }
  return found;
}

/** A snapshot's own devices are shown by no cmdlet here; those of its machine would be others. */
function* notOfSnapshots({ shell, invokedAs }: Call): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: `${invokedAs} binds, but what it does with a snapshot is not simulated in era 2012.`,
      id: 'NotSimulated',
      category: 'NotImplemented',
      target: 'VMSnapshot',
    }),
  );
}

const namesOf = ({ bound }: Call): readonly string[] | undefined => {
  const parameter = NAME_PARAMETERS.find(name => bound.has(name));
  return parameter === undefined ? undefined : bound.texts(parameter);
};

function* ofObjects(call: Call, objects: readonly Value[]): Steps<readonly Vm[]> {
  const found: Vm[] = [];
  for (const object of objects) {
    const vm = recordIn(object, 'vm');
    const now = vm === null ? undefined : call.shell.lab.get('vm', vm.id as Id<'vm'>);
    if (now !== undefined) found.push(now);
    else yield* unknown(call, vm?.name ?? textOf(object));
  }
  return found;
}

function* byId(call: Call, here: readonly Vm[], id: string): Steps<readonly Vm[]> {
  const found = here.filter(vm => vm.id.slice(3).toLowerCase() === id.toLowerCase());
  if (found.length === 0) {
    const { shell } = call;
    yield* shell.error(
      shell.fault({
        message: `Hyper-V was unable to find a virtual machine with id "${id}".`,
        id: 'InvalidParameter',
        category: 'InvalidArgument',
        exception: ARGUMENT,
        target: id,
      }),
    );
  }
  return found;
}

/** Source: the module's own error, recalled. */
function* unknown({ shell }: Call, name: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: `Hyper-V was unable to find a virtual machine with name "${name}".`,
      id: 'InvalidParameter',
      category: 'InvalidArgument',
      exception: ARGUMENT,
      target: name,
    }),
  );
}

const inOrder = (machines: readonly Vm[]): readonly Vm[] =>
  machines.toSorted((a, b) => compareText(a.name, b.name));

export const invalidArgument = (
  { shell }: Call,
  message: string,
  target: Value = null,
): ReturnType<typeof shell.fault> =>
  shell.fault({
    message,
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    exception: ARGUMENT,
    target,
  });

import type { Json } from '../../../base/json.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import { CHOICE, CHOICES, HELP } from '../../binding/should-process.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { virtualMachine } from '../../objects/virtual-machine.ts';
import { machinesOf } from './machines.ts';

type Vm = RecordOf<'vm'>;

export interface Action {
  readonly name: string;
  readonly synopsis: string;
  readonly examples: Cmdlet['examples'];
  /** What is done to one machine; null when there is nothing to do. */
  readonly order: (call: Call, vm: Vm) => Steps<Order | null>;
}

export interface Order {
  readonly op: string;
  readonly args?: { readonly [name: string]: Json };
}

/** A cmdlet that does one operation to each of its machines. */
export const vmAction = ({ name, synopsis, examples, order }: Action): Cmdlet => ({
  name,
  synopsis,
  examples,
  *process(call) {
    const { bound, shell } = call;
    for (const vm of yield* machinesOf(call)) {
      if (!(yield* shell.should(vm.name, name))) continue;
      const chosen = yield* order(call, vm);
      const object = virtualMachine(vm, shell.lab);
      if (chosen !== null) {
        const args = { vm: vm.id, ...chosen.args };
        if (!(yield* shell.finish(chosen.op, args, object))) continue;
      }
      if (bound.flag('Passthru')) yield* shell.write(object);
    }
  },
});

/** Source: the module's warning, recalled. */
export function* alreadySo({ shell }: Call): Steps<null> {
  yield* shell.say('warning', 'The virtual machine is already in the specified state.');
  return null;
}

/** Asks before something that cannot be taken back, unless -Force was given; once for all, if so said. */
export function* confirmed({ bound, shell, state }: Call, question: string): Steps<boolean> {
  if (bound.flag('Force')) return true;
  const all = state.get('confirmed');
  if (typeof all === 'boolean') return all;
  shell.host(`\nConfirm\n${question}`);
  for (;;) {
    const choice = CHOICE.get((yield* shell.ask(CHOICES)).trim().toLowerCase());
    if (choice === 'help') for (const line of HELP) shell.host(line);
    if (typeof choice !== 'object') continue;
    if (choice.all) state.set('confirmed', choice.yes);
    return choice.yes;
  }
}

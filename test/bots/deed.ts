import type { HeldScope } from '../../client/link/held-scope.ts';
import type { OperationName } from '../../server/protocol/operation/index.ts';
import type { VmId } from '../../server/protocol/id.ts';

export interface Deed {
  readonly op: OperationName;
  readonly args: { readonly [name: string]: unknown };
}

/** A number from 0 up to `below`. */
export type Dice = (below: number) => number;

const MIB = 1024 * 1024;

/** What a learner does with a virtual machine in each of its states; the first is the likeliest. */
const DEEDS: { readonly [state: string]: readonly ((vm: VmId, name: string) => Deed)[] } = {
  Off: [
    vm => ({ op: 'vm.start', args: { vm } }),
    (vm, name) => ({ op: 'vm.rename', args: { vm, name } }),
    vm => ({ op: 'vm.setMemory', args: { vm, startup: 512 * MIB } }),
    vm => ({ op: 'vm.delete', args: { vm } }),
  ],
  Running: [
    vm => ({ op: 'vm.pause', args: { vm } }),
    vm => ({ op: 'vm.save', args: { vm } }),
    vm => ({ op: 'vm.turnOff', args: { vm } }),
    vm => ({ op: 'vm.reset', args: { vm } }),
    (vm, name) => ({ op: 'vm.rename', args: { vm, name } }),
  ],
  Paused: [vm => ({ op: 'vm.resume', args: { vm } }), vm => ({ op: 'vm.turnOff', args: { vm } })],
  Saved: [
    vm => ({ op: 'vm.start', args: { vm } }),
    vm => ({ op: 'vm.deleteSavedState', args: { vm } }),
  ],
};

/** In a state of passage a learner who is impatient tries the button all the same. */
const IMPATIENT = (vm: VmId): Deed => ({ op: 'vm.start', args: { vm } });

/** What this learner does next, from what it sees; null when there is nothing to do anything with. */
export function nextDeed(lab: HeldScope, name: string, dice: Dice, most: number): Deed | null {
  const mine = [...lab.records('vm')].filter(({ values }) =>
    String(values['name']).startsWith(`${name} `),
  );
  const fresh = `${name} ${1 + dice(1_000_000)}`;
  if (mine.length < most && dice(3) === 0) return creation(lab, fresh, dice) ?? null;
  const vm = mine[dice(mine.length)];
  if (vm === undefined) return creation(lab, fresh, dice);
  const deeds = DEEDS[String(vm.values['state'])] ?? [IMPATIENT];
  // Squared, so that the first of them is taken most of the time.
  const at = Math.floor((dice(1_000) / 1_000) ** 2 * deeds.length);
  return (deeds[at] ?? IMPATIENT)(vm.id as VmId, fresh);
}

function creation(lab: HeldScope, name: string, dice: Dice): Deed | null {
  const images = [...lab.records('library-image')].filter(
    ({ values }) => values['type'] === 'Vhdx',
  );
  const image = images[dice(images.length)];
  if (image === undefined) return null;
  const host = String(image.values['host']) as `host:${string}`;
  const disk = { from: 'library', image: image.id as `library-image:${string}` } as const;
  return { op: 'vm.create', args: { host, name, memory: 256 * MIB, disk } };
}

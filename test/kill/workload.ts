import type { Held, HeldScope } from '../../client/link/held-scope.ts';

// What a bot does next, by what it sees. Some of it is refused, and a refusal is journaled too.

interface Chosen {
  readonly op: string;
  readonly args: { readonly [name: string]: unknown };
}

interface Means {
  /** Machines that are to be on their way up at any moment. */
  readonly midStart: number;
  readonly part: { readonly share: number; readonly offset: number };
  readonly die: (faces: number) => number;
}

/** What may be done with a machine in a state; elsewhere it is looked at again later. */
const BY_STATE: { readonly [state: string]: readonly string[] } = {
  Off: ['vm.start', 'vm.start', 'vm.start', 'vm.rename', 'vm.turnOff', 'vm.setMemory'],
  Starting: ['vm.turnOff', 'vm.start', 'vm.rename'],
  Running: ['vm.turnOff', 'vm.turnOff', 'vm.pause', 'vm.save', 'vm.rename', 'vm.start'],
  Paused: ['vm.resume', 'vm.turnOff'],
  Saved: ['vm.start', 'vm.deleteSavedState'],
};

export const chooseCommand = (held: HeldScope, means: Means): Chosen | null => {
  const { part, die } = means;
  const machines = [...held.records('vm')]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .filter((_, index) => index % part.share === part.offset);
  const machine = machines[die(machines.length)];
  if (machine === undefined || die(12) === 0) return chooseForLab(held, means);
  const next = machines.find(({ values }) => values['state'] === 'Off');
  const enough = countMidStart(held) >= means.midStart;
  if (next !== undefined && die(4) > 0 && !enough) return { op: 'vm.start', args: { vm: next.id } };
  const ops = BY_STATE[String(machine.values['state'])] ?? ['vm.rename'];
  const op = ops[die(ops.length)] ?? 'vm.rename';
  // As many as are asked for and no more: what a start costs is measured by how many there are.
  return forMachine(machine, op === 'vm.start' && enough ? 'vm.rename' : op, means);
};

/** Started, and its guest does not answer yet. */
export const countMidStart = (held: HeldScope): number =>
  [...held.records('vm')].filter(
    ({ values: { state, heartbeat } }) =>
      state === 'Starting' || (state === 'Running' && heartbeat !== 'OkApplicationsUnknown'),
  ).length;

const forMachine = ({ id: vm, values }: Held, op: string, { die }: Means): Chosen => {
  if (op === 'vm.rename') {
    const name = String(values['name']).split(' ')[0] ?? '';
    return { op, args: { vm, name: `${name} ${die(1_000)}` } };
  }
  if (op === 'vm.setMemory') return { op, args: { vm, startup: (512 + die(8) * 128) * 1024 ** 2 } };
  return { op, args: { vm } };
};

/** The speed stays near one; a machine that is not there is refused. */
const chooseForLab = (held: HeldScope, { die }: Means): Chosen | null => {
  const [host] = [...held.records('host')].map(({ id }) => id).toSorted();
  switch (die(5)) {
    case 0:
      return { op: 'clock.speed', args: { speed: 800 + die(5) * 100 } };
    case 1:
      return { op: 'vm.start', args: { vm: `vm:none-${die(100)}` } };
    case 2:
      return { op: 'clock.resume', args: {} };
    case 3:
      return host === undefined ? null : { op: 'host.start', args: { host } };
    default:
      return { op: 'clock.step', args: { to: 'second' } };
  }
};

import { expect, test } from 'vitest';
import type { Json } from '../../server/base/json.ts';
import { isOperation, OPERATIONS } from '../../server/protocol/operation/index.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import { invariants } from '../../server/sim/invariants.ts';
import { aLab, type Lab } from '../fixture/lab.ts';
import { diceOf } from '../swarm/dice.ts';
import { commandIn, type World } from '../swarm/operation.ts';

// The swarm's people on a bench: whatever they do, in whatever order and at whatever moment, what is
// true of every lab stays true. A failure names its seed and what was done last.

const OPERATIONS_OF_A_LIFE = 250;
const PAUSES = [0, 0.1, 0.5, 2, 8, 40];

const seenIn = (lab: Lab): World => {
  const ids = (kind: RecordKind): readonly string[] =>
    lab
      .all(kind)
      .map(({ id }) => id)
      .toSorted();
  const images = (type: 'Vhdx' | 'Iso'): readonly string[] =>
    lab
      .all('library-image')
      .filter(image => image.type === type)
      .map(({ id }) => id);
  return {
    hosts: ids('host'),
    vms: ids('vm'),
    services: ids('service'),
    workers: ids('worker-process'),
    images: images('Vhdx'),
    isos: images('Iso'),
    adapters: ids('network-adapter'),
    switches: ids('virtual-switch'),
    integrationServices: ids('integration-service'),
    drives: ids('disk-drive'),
    snapshots: ids('vm-snapshot'),
  };
};

/** On the bench a snapshot is always asked of its own machine. */
const ofItsMachine = (
  lab: Lab,
  args: { readonly [name: string]: unknown },
): { readonly [name: string]: unknown } => {
  const { snapshot } = args;
  const found = lab.all('vm-snapshot').find(({ id }) => id === snapshot);
  return found === undefined ? args : { ...args, vm: found.vm };
};

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a random life with seed %i breaks nothing', seed => {
  const lab = aLab({
    seed: `life ${seed}`,
    hosts: ['HV01', 'HV02'],
    vms: { A: {}, B: {}, C: { host: 'HV02', disk: 'empty' } },
  });
  const dice = diceOf(seed);
  const done: string[] = [];

  for (let n = 0; n < OPERATIONS_OF_A_LIFE; n += 1) {
    const command = commandIn(seenIn(lab), dice);
    if (command === null || !isOperation(command.op) || command.op.startsWith('clock.')) continue;
    const args = ofItsMachine(lab, command.args);
    done.push(`${lab.now} ${command.op} ${JSON.stringify(args)}`);
    lab.run(command.op, OPERATIONS[command.op].args.parse(args) as Json);
    lab.pass(PAUSES[dice() % PAUSES.length] ?? 1);

    expect(invariants(lab.world), done.slice(-12).join('\n')).toEqual([]);
  }
});

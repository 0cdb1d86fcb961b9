import { expect, test } from 'vitest';
import { invariants } from '../../server/sim/invariants.ts';
import type { Lab } from '../fixture/lab.ts';
import { aLab } from '../fixture/lab.ts';

/** One thing broken by hand, and what the checker says of it. */
const SABOTAGES: readonly (readonly [string, (lab: Lab) => void, RegExp])[] = [
  [
    'an Off virtual machine keeps its run',
    lab => set(lab, 'vm', { state: 'Off' }),
    /is Off and has/,
  ],
  [
    'a saved one lost its files',
    lab => set(lab, 'vm', { state: 'Saved', workerProcess: null, partition: null }),
    /is Saved with 0 files/,
  ],
  [
    'a running one has no worker process',
    lab => set(lab, 'vm', { workerProcess: null }),
    /without a worker/,
  ],
  [
    'a worker process has another’s partition',
    lab => set(lab, 'worker-process', { partition: 'partition:HV01/1.1' }),
    /lost partition/,
  ],
  [
    'a partition is nobody’s',
    lab => set(lab, 'worker-process', { partition: null }),
    /has no worker process/,
  ],
  ['memory does not add up', lab => set(lab, 'host', { memoryAssigned: 1 }), /has assigned/],
  ['deposits do not add up', lab => set(lab, 'host', { memoryDeposited: 1 }), /has deposited/],
  ['overhead does not add up', lab => set(lab, 'host', { memoryOverhead: 1 }), /has overhead/],
  ['a channel outlives its partition', lab => rename(lab, 'vmbus-channel'), /has no partition/],
  ['a guest outlives its partition', lab => rename(lab, 'guest'), /has no partition/],
  [
    'a host without power has partitions',
    lab => set(lab, 'host', { state: 'Off' }),
    /is Off and has/,
  ],
  ['pages are given twice', lab => set(lab, 'gpa-range', { spaBase: 0 }), /is in use twice/],
  [
    'an open file has no writer',
    lab => set(lab, 'virtual-disk', { inUse: true, vm: null }),
    /is open and nobody/,
  ],
  ['a volume is more than empty', lab => set(lab, 'volume', { free: -1 }), /bytes free/],
  ['a processor is missing', lab => drop(lab, 'virtual-processor'), /processors/],
  ['two worker processes for one', lab => twoWorkers(lab), /worker-process/],
];

type Kind = Parameters<Lab['all']>[0];

/** As somebody would by SQL: past the machine. */
function set(lab: Lab, kind: Kind, values: object): void {
  for (const row of lab.world.records.rows(kind)) Object.assign(row.record, values);
}

function rename(lab: Lab, kind: Kind): void {
  const row = lab.world.records.rows(kind)[0];
  if (row !== undefined) Object.assign(row.record, { id: `${kind}:HV01/9.9` });
}

function drop(lab: Lab, kind: Kind): void {
  const row = lab.world.records.rows(kind)[0];
  if (row !== undefined) lab.world.remove(row, lab.turn, 0);
}

function twoWorkers(lab: Lab): void {
  const [first] = lab.all('worker-process');
  if (first === undefined) return;
  const { id: _id, ...values } = first;
  const by = { number: lab.turn, cause: 0 };
  lab.world.records.insert('worker-process', 'worker-process:HV01/1.9', values, by);
}

test.each(SABOTAGES)('the checker notices when %s', (_name, sabotage, sentence) => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  expect(invariants(lab.world)).toEqual([]);

  sabotage(lab);

  expect(invariants(lab.world).join('\n')).toMatch(sentence);
});

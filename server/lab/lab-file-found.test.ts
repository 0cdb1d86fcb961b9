import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabFile } from '../protocol/lab-file.ts';
import type { SimTime } from '../protocol/time.ts';
import { seconds } from '../protocol/time.ts';
import { Machine } from '../sim/engine/machine.ts';
import { World } from '../sim/engine/world.ts';
import { invariants } from '../sim/invariants.ts';
import { SIMULATION, found } from '../sim/simulation.ts';
import { parseLabFile } from './lab-file.ts';

function founded(file: LabFile): Machine {
  const machine = new Machine(new World(file.seed), SIMULATION);
  machine.found(turn => found(turn, file));
  return machine;
}

const NAMES = ['A', 'B', 'Server 1', 'Ünïcode', 'R&D', '名前', "it's"];
const size = fc.constantFrom('4 MB', '32 MB', '1 GB', '9.5 GB');
const pick = fc.nat(6);

function named<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, maxLength: number) {
  return fc
    .uniqueArray(fc.record({ name: fc.constantFrom(...NAMES), ...fields }), {
      maxLength,
      selector: item => item.name.toLowerCase(),
    })
    .map(items => items as ({ name: string } & T)[]);
}

/** The pick-th of what there is, or nothing. */
function chosen<T>(items: readonly T[], at: number): T | undefined {
  return items[at % (items.length + 1)];
}

const adapters = named({ linkUp: fc.boolean() }, 2);
const images = named(
  {
    type: fc.constantFrom('Vhdx', 'Iso'),
    os: fc.constantFrom('ws2012', 'ws2008r2', 'msdos'),
    size,
    maximumSize: fc.constantFrom('4 MB', '60 GB', '64 TB'),
  },
  3,
).map(all =>
  all.map(({ maximumSize, ...rest }) => (rest.type === 'Iso' ? rest : { ...rest, maximumSize })),
);

const machines = named(
  {
    memory: fc.constantFrom('8 MB', '512 MB', '3 GB', '1 TB'),
    processors: fc.constantFrom(1, 4, 64),
    disk: pick,
    iso: pick,
    virtualSwitch: pick,
    state: fc.constantFrom('Off', 'Running'),
    automaticStartAction: fc.constantFrom('Nothing', 'StartIfRunning', 'Start'),
  },
  4,
);

const host = fc
  .record({
    state: fc.constantFrom('Off', 'Running'),
    hypervisorLaunchType: fc.constantFrom('auto', 'auto', 'off'),
    logicalProcessors: fc.constantFrom(4, 8, 320),
    numaNodes: fc.constantFrom(1, 2, 4),
    memory: fc.constantFrom('2 GB', '8.5 GB', '4 TB'),
    capacity: fc.constantFrom('1 GB', '30 GB', '100 TB'),
    used: fc.constantFrom('0 MB', '700 MB', '1 GB'),
    networkAdapters: adapters,
    libraryImages: images,
    virtualSwitches: named({ type: fc.constantFrom('Internal', 'Private') }, 2),
    isExternal: fc.boolean(),
    virtualMachines: machines,
  })
  .map(({ capacity, used, isExternal, virtualMachines, virtualSwitches, ...rest }) => {
    const nic = isExternal ? rest.networkAdapters[0]?.name : undefined;
    const external = { name: 'LAN', type: 'External', networkAdapter: nic };
    const switches = nic === undefined ? virtualSwitches : [...virtualSwitches, external];
    const disks = rest.libraryImages.filter(({ type }) => type === 'Vhdx');
    const isos = rest.libraryImages.filter(({ type }) => type === 'Iso');
    return {
      ...rest,
      volumes: [{ letter: 'C', capacity, used }],
      virtualSwitches: switches,
      virtualMachines: virtualMachines.map(each => {
        const image = chosen(disks, each.disk)?.name;
        const empty = each.disk % 2 === 0 ? { from: 'empty', size: '127 GB' } : { from: 'none' };
        return {
          ...each,
          disk: image === undefined ? empty : { from: 'library', image },
          iso: chosen(isos, each.iso)?.name ?? null,
          virtualSwitch: chosen(switches, each.virtualSwitch)?.name ?? null,
        };
      }),
    };
  });

/** JSON is YAML, so a random file is one without a writer of its own. */
const file = fc.record({
  name: fc.constant('random'),
  era: fc.constant(2012),
  seed: fc.string({ minLength: 1, maxLength: 5 }),
  calendarStart: fc.constant('2013-03-04T08:00:00Z'),
  hosts: fc
    .array(host, { minLength: 1, maxLength: 2 })
    .map(hosts => hosts.map((each, n) => ({ name: `HV0${n}`, ...each }))),
});

test('a file that is accepted is founded and runs', () => {
  let accepted = 0;
  fc.assert(
    fc.property(file, random => {
      const read = parseLabFile(JSON.stringify(random, null, 1));
      if (!read.ok) return;
      accepted += 1;

      const lab = founded(read.value);
      const begun = invariants(lab.world);
      lab.advance(seconds(90) as number as SimTime);

      expect([begun, invariants(lab.world)]).toEqual([[], []]);
    }),
    { numRuns: 60 },
  );
  expect(accepted).toBeGreaterThan(8);
}, 120_000);

test.each(['one-host', 'three-hosts'])('the sample %s is founded and runs', sample => {
  const text = readFileSync(new URL(`../course/sample/${sample}.yaml`, import.meta.url), 'utf8');
  const read = parseLabFile(text);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));

  const lab = founded(read.value);
  lab.advance(seconds(120) as number as SimTime);

  expect(invariants(lab.world)).toEqual([]);
  const hosts = lab.world.records.rows('host').map(row => row.record['state']);
  expect(new Set(hosts)).toEqual(new Set(['Running']));
});

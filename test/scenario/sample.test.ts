import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLabFile } from '../../server/lab/lab-file.ts';
import { Machine } from '../../server/sim/engine/machine.ts';
import { World } from '../../server/sim/engine/world.ts';
import { found, SIMULATION } from '../../server/sim/simulation.ts';
import { Lab } from '../fixture/lab.ts';

function labOf(name: string): Lab {
  const url = new URL(`../../server/course/sample/${name}.yaml`, import.meta.url);
  const parsed = parseLabFile(readFileSync(url, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fault));
  const machine = new Machine(new World(parsed.value.seed), SIMULATION);
  machine.found(turn => found(turn, parsed.value));
  return new Lab(parsed.value.seed, machine);
}

test.each(['one-host', 'three-hosts'])('the lab of %s.yaml stands and runs', name => {
  const lab = labOf(name);
  lab.check();

  lab.pass(90);

  lab.check();
  for (const vm of lab.all('vm')) {
    if (vm.state !== 'Off') expect(vm.state, vm.name).toBe('Running');
  }
  expect(lab.all('host').every(host => host.state === 'Running')).toBe(true);
});

test('a person makes a virtual machine from a library image and starts it', () => {
  const lab = labOf('three-hosts');
  const image = lab.find('library-image', each => each.os === 'ws2012' && each.type === 'Vhdx');
  const host = image?.host ?? 'host:none';
  const made = lab.do('vm.create', {
    host,
    name: 'Made by hand',
    memory: 2 * 1024 ** 3,
    processors: 2,
    disk: { from: 'library', image: image?.id ?? '' },
    virtualSwitch: lab.find('virtual-switch', each => each.host === host)?.id ?? null,
    iso: null,
  });

  lab.boot('Made by hand');
  lab.pass(10);

  expect(made).toEqual({ vm: lab.vm('Made by hand').id });
  expect(lab.vm('Made by hand')).toMatchObject({
    state: 'Running',
    guestOsName: 'Windows Server 2012 Standard',
    integrationServicesVersion: '6.2.9200.16384',
    processorCount: 2,
  });
  expect(lab.vm('Made by hand').ipAddresses).not.toEqual([]);
  lab.check();
});

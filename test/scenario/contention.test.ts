import { expect, test } from 'vitest';
import type { Lab } from '../fixture/lab.ts';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

/** MS-DOS takes a whole processor, for ever. */
function busy(count: number, memory = '32 GB'): Lab {
  const names = Array.from({ length: count }, (_, n) => `Dos${n}`);
  const vms = Object.fromEntries(
    names.map(name => [name, { disk: 'msdos', memory: '64 MB' } as const]),
  );
  const lab = aLab({ vms, memory });
  for (const name of names) lab.vmDo('vm.start', name);
  lab.pass(30);
  return lab;
}

const loads = (lab: Lab): number[] => lab.all('vm').map(({ cpuLoad }) => cpuLoad);

test('[HV89] eight busy machines on eight processors have one each, ten have eight tenths', () => {
  expect(loads(busy(8))).toEqual(Array.from({ length: 8 }, () => 1000));

  const crowded = busy(10);

  expect(loads(crowded)).toEqual(Array.from({ length: 10 }, () => 800));
  expect(crowded.host().cpuLoad).toBe(8000);
  crowded.check();
});

test('[HV89] a weight set while they run is seen at each of them', () => {
  const lab = busy(16);

  lab.vmDo('vm.setProcessors', 'Dos0', { weight: 10_000 });
  lab.pass(1);

  expect(lab.vm('Dos0').cpuLoad).toBe(1000);
  expect(lab.vm('Dos1').cpuLoad).toBe(467);
  lab.check();
});

test('[HV89] a limit set while it runs, a pause and a power cut are seen in the host’s load', () => {
  const lab = busy(2);

  lab.vmDo('vm.setProcessors', 'Dos0', { limit: 25 });
  lab.pass(1);
  const limited = lab.host().cpuLoad;
  lab.vmDo('vm.pause', 'Dos1');
  lab.passUntilState('Dos1', 'Paused');
  const paused = lab.host().cpuLoad;
  lab.vmDo('vm.turnOff', 'Dos0');
  lab.passUntilState('Dos0', 'Off');

  expect([limited, paused, lab.host().cpuLoad]).toEqual([1250, 250, 0]);
  lab.check();
});

test('[HV89] a VMMS that comes back sees what they have', () => {
  const lab = busy(10);
  const service = lab.all('service')[0]?.id ?? 'service:none/vmms';
  lab.do('service.stop', { service });
  lab.pass(30);
  lab.do('service.start', { service });
  lab.pass(10);

  expect(loads(lab)).toEqual(Array.from({ length: 10 }, () => 800));
});

test('[HV88] counters by their real names: guests’, total and idle time of each processor under contention', () => {
  const shell = new BenchShell(busy(10));
  const read = (path: string): number =>
    Number(shell.type(`(Get-Counter '${path}').CounterSamples[0].CookedValue`));
  const set = '\\Hyper-V Hypervisor Logical Processor(Hv LP 3)\\';

  const [guest, total, idle] = ['% Guest Run Time', '% Total Run Time', '% Idle Time'].map(name =>
    read(set + name),
  );
  const machine = read('\\Hyper-V Hypervisor Virtual Processor(Dos0:Hv VP 0)\\% Guest Run Time');

  expect(guest).toBeCloseTo(99.9, 1);
  expect(total).toBeCloseTo(100, 1);
  expect(idle).toBeCloseTo(0, 1);
  expect(machine).toBeCloseTo(80, 1);
});

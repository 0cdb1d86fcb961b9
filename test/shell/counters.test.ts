import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {} } }));

test('[PS507] counters are read by path, over an interval', () => {
  const shell = aShell();
  const value = (path: string): number =>
    Number(shell.type(`(Get-Counter '${path}').CounterSamples[0].CookedValue`));
  const before = value('\\Hyper-V Hypervisor\\Partitions');
  const free = value('\\Memory\\Available MBytes');
  shell.type('Start-VM WEB01');
  const from = shell.lab.now;

  const printed = shell.type("Get-Counter '\\Hyper-V Hypervisor\\Partitions' -ComputerName HV01");
  const took = shell.lab.now - from;
  const busy = value('\\Hyper-V Hypervisor Virtual Processor(WEB01:*)\\% Guest Run Time');

  expect(printed).toContain('\\\\hv01\\hyper-v hypervisor\\partitions :');
  expect(printed).toMatch(new RegExp(`\\n {26}${before + 1}\\n`));
  expect(took).toBeGreaterThanOrEqual(1);
  expect(busy).toBeGreaterThan(0);
  expect(busy).toBeLessThanOrEqual(100);
  expect(value('\\Memory\\Available MBytes')).toBeLessThan(free);
});

test('[PS507] counters are listed, and the others are said not to be there', () => {
  const shell = aShell();

  expect(shell.type("(Get-Counter -ListSet 'hyper-v hyp*').CounterSetName")).toContain(
    'Hyper-V Hypervisor Virtual Processor\n',
  );
  expect(shell.type("Get-Counter '\\Processor(_Total)\\% Processor Time'")).toContain(
    'is not simulated in era 2012',
  );
});

test('[PS508] volumes and adapters of a host are listed', () => {
  const shell = aShell();

  expect(shell.type('(Get-Volume C).Size -eq (Get-PSDrive C).Used + (Get-PSDrive C).Free')).toBe(
    'True\n',
  );
  expect(shell.type('Get-Volume Q')).toContain("equal to 'Q'");
  expect(shell.type('Get-NetAdapter | % { "$($_.Name) $($_.Status)" }')).toBe(
    'Ethernet Up\nvEthernet (LAN) Up\n',
  );
});

test('[PS509] a host is in English', () => {
  const shell = aShell();

  expect(shell.type('(Get-Culture).Name; (Get-UICulture).LCID; (Get-Host).Name')).toBe(
    'en-US\n1033\nConsoleHost\n',
  );
});

import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell => new BenchShell(aLab({ vms: { WEB01: {} } }));

test('[PS503] keys and choices are answered by lines', () => {
  const shell = aShell();
  const choose = "$host.UI.PromptForChoice('Sure', 'Really?', ('&Yes', '&No'), 1)";

  shell.answers = ['x', 'maybe', 'yes', ''];

  expect(shell.type("$host.UI.RawUI.ReadKey('NoEcho,IncludeKeyDown').Character")).toBe('x\n');
  expect(shell.type(choose)).toMatch(/Sure\nReally\?\n0\n$/);
  expect(shell.type(choose)).toMatch(/\n1\n$/);
});

test('[PS504] what is not simulated is nowhere in use', () => {
  const shell = aShell();

  expect(
    shell.type('(Get-VMHost).IovSupport; (Get-VMHost).MacAddressMaximum -like "00155D*FF"'),
  ).toBe('False\nTrue\n');
  expect(
    shell.type(
      'Get-VM | % { "$($_.ReplicationState) $($_.ResourceMeteringEnabled) $($_.ComPort2.Name)" }',
    ),
  ).toBe('Disabled False COM 2\n');
  expect(shell.type('(Get-VM).SizeOfSystemFiles -gt 0; (Get-VM).Path -like "*.xml"')).toBe(
    'True\nFalse\n',
  );
});

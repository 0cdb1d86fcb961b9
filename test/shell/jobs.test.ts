import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';
import { BenchShell } from '../fixture/shell.ts';

const aShell = (): BenchShell =>
  new BenchShell(aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: {} } }));

test('[PS700] -AsJob gives the prompt back, and the job is over when the machine runs', () => {
  const shell = aShell();

  const table = shell.type('Start-VM WEB01 -AsJob');
  const early = shell.type('(Get-VM WEB01).State; (Get-Job).State');
  shell.type('$null = Get-Job | Wait-Job');

  expect(table).toMatch(/Id +Name +PSJobTypeName +State/);
  expect(table).toMatch(/2 +Job2 +Running +True +localhost +Start-VM WEB01 -AsJob/);
  expect(early).toBe('Starting\nRunning\n');
  expect(shell.type('(Get-VM WEB01).State; (Get-Job).State')).toBe('Running\nCompleted\n');
});

test('[PS701] every object of a pipeline is a job of its own, and what fails is received as its error', () => {
  const shell = aShell();
  shell.type('Start-VM WEB01');

  shell.type('$jobs = Get-VM | Suspend-VM -AsJob -Passthru; $null = $jobs | Wait-Job');
  const received = shell.type('$jobs | Receive-Job -ErrorAction SilentlyContinue | % Name');
  const again = shell.type('@($jobs | Receive-Job).Count');

  expect(shell.type('$jobs.Count')).toBe('2\n');
  expect(received).toBe('WEB01\n');
  expect(again).toBe('0\n');
  expect(shell.type('(Get-VM WEB01).State')).toBe('Paused\n');
});

test('[PS700] a job runs beside the lines, in variables of its own', () => {
  const shell = aShell();

  shell.type(
    '$a = 1; $job = Start-Job { sleep 30; $a = 2; "$using:a $($args[0])" } -ArgumentList 7',
  );
  const running = shell.type('sleep 10; $job.State');
  const over = shell.type('sleep 25; $job.State; $a');

  expect(running).toBe('Running\n');
  expect(over).toBe('Completed\n1\n');
  expect(shell.type('Receive-Job $job -Keep; Receive-Job -Id $job.Id')).toBe('1 7\n1 7\n');
});

test('[PS701] a job that does not end is stopped or removed by force, and hurts no line', () => {
  const shell = aShell();

  shell.type('Start-Job -Name busy { while ($true) { } } | Out-Null');
  const line = shell.type('1..2000 | % { $_ } | measure | % Count');
  const refused = shell.type('Remove-Job -Name busy').replaceAll(/\s+/g, ' ');
  shell.type('Stop-Job -Name busy');

  expect(line).toBe('2000\n');
  expect(refused).toContain('The command cannot remove the job with the job ID 2');
  expect(shell.type('(Get-Job).State; Remove-Job 2; @(Get-Job).Count')).toBe('Stopped\n0\n');
  expect(shell.type('Get-Job -Id 9')).toContain('cannot find a job with the job ID 9');
});

test('[PS700] an endless job ends at its own limit', () => {
  const shell = aShell();

  shell.type('$job = Start-Job { while ($true) { } }; $null = Wait-Job $job');

  expect(shell.type('$job.State')).toBe('Failed\n');
  expect(shell.type('Receive-Job $job')).toContain('reached a limit of this console');
});

test('[PS700] a block runs on other hosts as a job, too', () => {
  const shell = aShell();

  shell.type('$job = Invoke-Command HV02 { $env:COMPUTERNAME } -AsJob; $null = Wait-Job $job');

  expect(shell.type('$job.PSJobTypeName; Receive-Job $job')).toBe('RemoteJob\nHV02\n');
});

import { expect, test } from 'vitest';
import { playScript } from './script.ts';

const run = (code: string): string => {
  const text = {
    id: 'one',
    module: 'Hyper-V',
    code,
    parses: true,
    binding: 'ok',
    outputShown: null,
  };
  const { outcome, why } = playScript(text);
  return `${outcome}: ${why}`;
};

test('a script passes by what it changes, and a function by what it does when it is called', () => {
  expect(run('foreach ($n in 1..2) { New-VM "Proof$n" -NoVHD }\nGet-VM Proof*')).toMatch(
    /^passed: (vm Proof[12] made; ){2}/,
  );
  const woken = run('function Wake-It($VMName) { Start-VM $VMName }');
  expect(woken).toContain("passed: ran Wake-It -VMName 'VM1';");
  expect(woken).toContain('vm VM1 state "Off" -> "Running"');
});

test('a script is followed to the first sentence that says what is not simulated', () => {
  expect(run('Get-VM VM1\nExport-VM VM1 -Path C:\\\\Out\nGet-VM Nobody')).toMatch(
    /^skipped: Export-VM binds, but export and import are not simulated/,
  );
});

test('a script that errs, does nothing or has no end fails', () => {
  expect(run('Get-VM Nobody-Else | Out-Null\nRemove-VM')).toMatch(/^failed: /);
  expect(run('$a = 1')).toBe('failed: no effect and no output');
  expect(run('do { sleep 60 } until ($false)')).toMatch(/^failed: it was not over/);
});

import { expect, test } from 'vitest';
import type { Cmdlet } from './cmdlet.ts';
import { Console } from './console.fixture.ts';

const HV02 = { id: 'host:HV02', name: 'HV02', remote: true };

/** Runs its block on HV02, whatever hosts the lab has. */
const startJob: Cmdlet = {
  name: 'Start-Job',
  synopsis: 'Runs a block on HV02.',
  examples: [],
  *process({ bound, shell }) {
    yield* shell.pass(bound.value('ScriptBlock') ?? null, { computer: HV02, args: [4] });
  },
};

const gone: Cmdlet = {
  name: 'Connect-PSSession',
  synopsis: 'Goes to HV02.',
  examples: [],
  *begin({ shell }) {
    shell.session.enter(HV02);
    yield* [];
  },
};

test('[PS223] a remote block is on its computer, sees the caller by $using: and leaves nothing behind', () => {
  const console = new Console(startJob);
  console.run('$a = 1');

  const lines = console.lines(
    'Start-Job { "$env:COMPUTERNAME $([Environment]::MachineName) <$a> $using:a $($args[0])"; $global:b = 2; $a = 9 }; "$env:COMPUTERNAME $a <$b>"',
  );

  expect(lines).toEqual(['HV02 HV02 <> 1 4', 'HV01 1 <>']);
});

test('[PS223] the prompt says where Enter-PSSession went, and lines run there', () => {
  const console = new Console(gone);
  console.run('$a = 1; Connect-PSSession -Name x');
  const { prompt } = console.session;

  const there = console.lines('"$env:COMPUTERNAME <$a>"; $a = 5');
  const back = console.lines('$a; Exit-PSSession');

  expect(prompt).toBe(`[${HV02.name}]: PS C:\\Users\\Administrator> `);
  expect(there).toEqual(['HV02 <>']);
  expect(back).toEqual(['5']);
  expect(console.session.prompt).toBe('PS C:\\Users\\Administrator> ');
  expect(console.lines('$a')).toEqual(['1']);
});

test('[PS223] a computer that is not in the lab cannot be reached', () => {
  const console = new Console();

  const [first] = console.lines('Invoke-Command -ComputerName NOWHERE { 1 }');

  expect(first).toContain('[NOWHERE] Connecting to remote server NOWHERE failed');
  expect(console.lastError).toContain('PSSessionStateBroken');
});

test('a script has parameters of its own', () => {
  const lines = new Console().lines('param($n = 3)\n"n is $n"');

  expect(lines).toEqual(['n is 3']);
});

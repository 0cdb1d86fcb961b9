import { expect, test } from 'vitest';
import { refusalOf } from '../../manifest/capability.ts';
import { textOf } from '../../value/text.ts';
import { catalogOf, rowless } from '../../manifest/catalog.ts';
import { column, FakeSession } from './about.fixture.ts';
import { ABOUT } from './index.ts';

test('[PS330] Get-Command lists what exists, simulated or not, by pattern, verb, noun and module', () => {
  const session = new FakeSession();
  const names = (...line: readonly string[]) => column(session.run('Get-Command', ...line), 'Name');

  expect(names('-Module', 'Hyper-V')).toHaveLength(164);
  expect(names('*-VMSan')).toContain('Connect-VMSan');
  expect(names('-Verb', 'Save', '-Noun', 'VM*')).toEqual(['Save-VM']);
  expect(names('gvm')).toEqual(['gvm']);
  expect(names('Do-It')).toEqual(['Do-It']);
  expect(names('-Noun', 'VM', '-ParameterName', 'TurnOff')).toEqual(['Stop-VM']);
  expect(names('Get-VMGroup')).toEqual([]);
});

test('[PS330] a plain name that nothing has is an error, a pattern is none', () => {
  const session = new FakeSession();

  expect(session.run('Get-Command', 'Get-Nonsense').errors).toMatchObject([
    { id: 'CommandNotFoundException', category: 'ObjectNotFound', target: 'Get-Nonsense' },
  ]);
  expect(session.run('Get-Command', 'Get-Nons*').errors).toEqual([]);
});

test('[PS330] the syntax is that of the era', () => {
  const { output } = new FakeSession().run('Get-Command', 'Start-VM', '-Syntax');

  expect(output).toEqual([
    [
      '',
      'Start-VM [-Name] <String[]> [-AsJob] [-ComputerName <String[]>] [-Passthru] [-WhatIf] [-Confirm] [<CommonParameters>]',
      '',
      'Start-VM [-VM] <VirtualMachine[]> [-AsJob] [-Passthru] [-WhatIf] [-Confirm] [<CommonParameters>]',
      '',
    ].join('\n'),
  ]);
});

test('[PS331] Get-Help has the real headings, the syntax, and our own words', () => {
  const session = new FakeSession();
  const text = (...line: readonly string[]) => session.run('Get-Help', ...line).output.join('\n');

  const plain = text('Get-Verb');
  const full = text('Get-Verb', '-Full');

  for (const heading of ['NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'REMARKS'])
    expect(plain).toContain(`\n${heading}\n`);
  expect(plain).toContain('    Get-Verb [[-Verb] <String[]>] [<CommonParameters>]');
  expect(plain).toContain('    Lists the verbs that names of commands begin with.');
  expect(full).toContain('        Accept pipeline input?       true (ByValue)');
  expect(full).toContain('    -------------------------- EXAMPLE 1 --------------------------');
  expect(text('Get-Verb', '-Examples')).not.toContain('SYNTAX');
  expect(text('gvm')).toContain('    Get-VM [[-Name] <String[]>]');
});

test('[PS331] help of what is not simulated says so, and has its syntax with the values of enums', () => {
  const text = new FakeSession().run('Get-Help', 'Get-VMReplication').output.join('\n');

  expect(text).toContain(
    'Get-VMReplication binds, but Hyper-V Replica is not simulated in era 2012.',
  );
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    '[-ReplicationMode {None | Primary | Replica | TestReplica',
  );
});

test('[PS331] one parameter, several topics, and no topic', () => {
  const session = new FakeSession();

  expect(session.run('Get-Help', 'Stop-VM', '-Parameter', 'Turn*').output).toContain(
    '-TurnOff [<SwitchParameter>]',
  );
  expect(column(session.run('Get-Help', 'san'), 'Name')).toContain('New-VMSan');
  expect(session.run('Get-Help', 'about_Nothing').errors).toMatchObject([{ id: 'HelpNotFound' }]);
  expect(session.run('Get-Help', 'Stop-VM', '-Parameter', 'No').errors).toMatchObject([
    { id: 'NoParmsFound' },
  ]);
});

test('[PS332] aliases are listed by name and definition, made, and replaced only by Set-Alias', () => {
  const session = new FakeSession();

  expect(column(session.run('Get-Alias', '-Definition', 'Get-VM'), 'Name')).toEqual(['gvm']);
  expect(session.run('Get-Alias', 'vms').errors).toMatchObject([{ id: 'ItemNotFoundException' }]);
  expect(session.run('New-Alias', 'vms', 'Get-VM').errors).toEqual([]);
  expect(session.run('New-Alias', 'vms', 'Get-VMSwitch').errors).toMatchObject([
    { id: 'AliasAlreadyExists' },
  ]);
  expect(session.run('Set-Alias', 'vms', 'Get-VMSwitch').errors).toEqual([]);
  expect(column(session.run('Get-Alias', 'vms'), 'Definition')).toEqual(['Get-VMSwitch']);
});

test('[PS333] modules, verbs and history are what they are', () => {
  const session = new FakeSession();

  expect(column(session.run('Get-Module', 'Hyper-*'), 'Name')).toEqual(['Hyper-V']);
  expect(column(session.run('Get-Module'), 'Name')).not.toContain('FailoverClusters');
  expect(column(session.run('Get-Module', '-ListAvailable', '*Cluster*'), 'Name')).toContain(
    'FailoverClusters',
  );
  session.run('Import-Module', 'FailoverClusters');
  expect(column(session.run('Get-Module'), 'Name')).toContain('FailoverClusters');
  session.run('Remove-Module', 'Fail*');
  expect(column(session.run('Get-Module'), 'Name')).not.toContain('FailoverClusters');
  expect(session.run('Import-Module', 'Hyper-V')).toEqual({ output: [], errors: [] });
  expect(session.run('Import-Module', 'Nonsense').errors).toMatchObject([
    { id: 'Modules_ModuleNotFound' },
  ]);
  expect(column(session.run('Get-Verb', 'Checkp*'), 'Group')).toEqual(['Data']);
  expect(session.run('Get-Verb').output).toHaveLength(98);
  expect(column(session.run('Get-History', '-Count', 2), 'CommandLine')).toEqual([
    'Start-VM Web',
    'Get-Alias',
  ]);
});

test('[PS335] scripts run, and a policy against it is not taken', () => {
  const session = new FakeSession();

  expect(session.run('Get-ExecutionPolicy').output).toEqual(['RemoteSigned']);
  expect(session.run('Set-ExecutionPolicy', 'Unrestricted', '-Force').errors).toEqual([]);
  expect(session.run('Set-ExecutionPolicy', 'Restricted', '-Force').errors).toMatchObject([
    { id: 'NotSimulated' },
  ]);
});

test('[PS336] a plain text is made a secret by force only', () => {
  const session = new FakeSession();

  const [made] = session.run('ConvertTo-SecureString', 'secret', '-AsPlainText', '-Force').output;

  expect(textOf(made ?? null)).toBe('System.Security.SecureString');
  expect(session.run('ConvertTo-SecureString', 'secret', '-AsPlainText').errors).toMatchObject([
    { id: 'ImportSecureString_ForceRequired' },
  ]);
});

test('[PS334] every cmdlet that exists is found, and what is not simulated says so by name', () => {
  const catalog = catalogOf('2012', ABOUT);

  expect(catalog.find('get-verb')?.cmdlet?.name).toBe('Get-Verb');
  expect(catalog.find('Enable-VMTPM')).toMatchObject({
    cmdlet: null,
    refusal: 'Enable-VMTPM binds, but virtual TPMs are not simulated in era 2012.',
  });
  expect([...catalog.all()].map(({ signature }) => signature.name)).not.toContain('Enable-VMTPM');
  expect(catalog.find('Get-ADUser')?.refusal).toBe(
    'Get-ADUser binds, but the module ActiveDirectory is not simulated in era 2012.',
  );
  expect(catalog.find('Get-Nonsense')).toBeUndefined();
  expect(refusalOf('Unheard', 'Get-It')).toBe(
    'Get-It binds, but the module Unheard is not simulated in era 2012.',
  );
});

test('every cmdlet has a row, a sentence and an example', () => {
  expect(rowless(ABOUT)).toEqual([]);
  for (const { synopsis, examples } of ABOUT) {
    expect(synopsis).toMatch(/^[A-Z].*\.$/);
    expect(examples.length).toBeGreaterThan(0);
  }
});

import { expect, test } from 'vitest';
import type { Parameter, Place, Rule, Signature } from '../engine/binder-port.ts';
import { ALL_SETS } from '../engine/binder-port.ts';
import { Credential } from '../value/credential.ts';
import type { Value } from '../value/value.ts';
import {
  bindSignature,
  bindWords,
  BLOCK,
  FakeHost,
  FakeObject,
  named,
  refused,
  run,
  virtualMachine,
  words,
} from './binding.fixture.ts';

const GB = 1024 * 1024 * 1024;

test('[PS301] a parameter is found by name, alias, and a beginning that only it has', () => {
  const full = bindWords('Stop-VM', words('Web', '-TurnOff'));
  const alias = bindWords('Stop-VM', words('-VMName', 'Web', '-TurnOff'));
  const prefix = bindWords('Stop-VM', words('-na', 'Web', '-turn'));

  for (const { values, set } of [full, alias, prefix]) {
    expect(values).toEqual({ Name: ['Web'], TurnOff: true });
    expect(set).toBe('Name');
  }
});

test('[PS301] a beginning of several names is ambiguous, but own names go before common ones', () => {
  const error = refused(() => bindWords('New-VM', words('-N', 'Web')));
  const computer = bindWords('Start-VM', words('Web', '-c', 'HV02'));

  expect(error.message).toMatch(
    /^Parameter cannot be processed because the parameter name 'N' is ambiguous\. Possible matches include: -\w+( -\w+)+\.$/,
  );
  expect(error.id).toBe('AmbiguousParameter');
  expect(computer.values).toEqual({ Name: ['Web'], ComputerName: ['HV02'] });
});

test('[PS302] what is unknown, repeated, without value or without place has its own error', () => {
  const id = (...line: readonly Value[]) => refused(() => bindWords('Start-VM', words(...line))).id;

  expect(id('Web', '-Nonsense')).toBe('NamedParameterNotFound');
  expect(id('-Name', 'a', '-VMName', 'b')).toBe('ParameterAlreadyBound');
  expect(id('-Name', '-AsJob')).toBe('MissingArgument');
  expect(id('a', 'b')).toBe('PositionalParameterNotFound');
});

test('[PS302] the sentences are PowerShell words', () => {
  const say = (...line: readonly Value[]) =>
    refused(() => bindWords('Start-VM', words(...line))).message;

  expect(say('Web', '-Nonsense')).toBe(
    "A parameter cannot be found that matches parameter name 'Nonsense'.",
  );
  expect(say('-Name', '-AsJob')).toBe(
    "Missing an argument for parameter 'Name'. Specify a parameter of type 'System.String[]' and try again.",
  );
  expect(say('a', 'b')).toBe("A positional parameter cannot be found that accepts argument 'b'.");
});

test('[PS303] an object at a position chooses the set of objects, a name that of names', () => {
  const byName = bindWords('Stop-VM', words('Web'));
  const byObject = bindWords('Stop-VM', words(virtualMachine('Web')));

  expect(byName.set).toBe('Name');
  expect(byObject.set).toBe('VMObject');
  expect(byObject.values['VM']).toHaveLength(1);
});

test('[PS303] positions are those of the set that is chosen', () => {
  const path = 'C:\\Disks\\a.vhdx';
  const dynamic = bindWords('New-VHD', words(path, 10 * GB));
  const differencing = bindWords(
    'New-VHD',
    words(path, '-Differencing', 'C:\\Disks\\base.vhdx', 20 * GB),
  );

  expect(dynamic.set).toBe('DynamicWithoutSource');
  expect(differencing.set).toBe('Differencing');
  expect(differencing.values['ParentPath']).toBe('C:\\Disks\\base.vhdx');
  expect(differencing.values['SizeBytes']).toMatchObject({ type: 'UInt64' });
});

test('[PS304] names of different sets together are refused', () => {
  const error = refused(() =>
    bindWords('Start-VM', words('-Name', 'Web', '-VM', virtualMachine('Db'))),
  );

  expect(error).toMatchObject({
    message: 'Parameter set cannot be resolved using the specified named parameters.',
    id: 'AmbiguousParameterSet',
    category: 'InvalidArgument',
  });
});

test('[PS305] the pipeline binds by type before it converts anything', () => {
  const { binding } = bindWords('Start-VM', [], { host: new FakeHost(true) });

  expect(run(binding.take(virtualMachine('Web')))).toBeNull();
  expect(binding.set).toBe('VMObject');
  expect([...binding.values.keys()]).toEqual(['VM']);
  expect(run(binding.take('Db'))).toBeNull();
  expect(binding.set).toBe('Name');
  expect(Object.fromEntries(binding.values)).toEqual({ Name: ['Db'] });
});

test('[PS305] properties bind by name or alias', () => {
  const disk = new FakeObject(['System.IO.FileInfo'], { FullName: 'C:\\a.vhdx' });
  const { binding } = bindWords('Get-VHD', [], { host: new FakeHost(true), era: 'newest' });

  expect(run(binding.take(disk))).toBeNull();
  expect(binding.values.get('Path')).toEqual(['C:\\a.vhdx']);
});

test('[PS305] an object that nothing takes is an error, and the next one is tried', () => {
  const { binding } = bindWords('Get-VMBios', [], { host: new FakeHost(true) });
  const error = run(
    bindWords('Get-Host', [], { host: new FakeHost(true) }).binding.take(virtualMachine('Web')),
  );

  expect(error?.id).toBe('InputObjectNotBound');
  expect(error?.message).toMatch(/^The input object cannot be bound to any parameters/);
  expect(run(binding.take(virtualMachine('Db')))).toBeNull();
});

test('[PS306] what is mandatory is asked for, an array line by line', () => {
  const host = new FakeHost(false, ['C:\\a.vhdx', '', '10GB', '1024']);

  const { values } = bindWords('New-VHD', [], { host });

  expect(host.printed).toEqual([
    '',
    'cmdlet New-VHD at command pipeline position 1',
    'Supply values for the following parameters:',
    'Cannot recognize "10GB" as a System.UInt64 due to a format error.',
  ]);
  expect(host.asked).toEqual(['Path[0]: ', 'Path[1]: ', 'SizeBytes: ', 'SizeBytes: ']);
  expect(values['Path']).toEqual(['C:\\a.vhdx']);
});

test('[PS306] where nobody can be asked, what is missing is an error', () => {
  const error = refused(() => bindWords('New-VHD', []));

  expect(error.id).toBe('MissingMandatoryParameter');
  expect(error.message).toBe(
    'Cannot process command because of one or more missing mandatory parameters: Path SizeBytes.',
  );
});

test('[PS306] what the pipeline cannot bring is asked for before it begins', () => {
  const host = new FakeHost(true, ['New']);

  const { binding } = bindWords('Rename-VM', [], { host });

  expect(host.asked).toEqual(['NewName: ']);
  expect(run(binding.take(virtualMachine('Old')))).toBeNull();
  expect(binding.set).toBe('VMObject');
});

test('[PS307] an enum is a name, a beginning or a number, and a wrong name lists them all', () => {
  const type = (value: Value) =>
    bindWords('New-VMSwitch', words('Lan', '-SwitchType', value)).values['SwitchType'];

  expect(type('internal')).toBe(type('Int'));
  expect(type(1)).toBe(type('Internal'));
  expect(refused(() => type('Foo'))).toMatchObject({
    id: 'CannotConvertArgumentNoMessage',
    category: 'InvalidArgument',
    message: `Cannot bind parameter 'SwitchType'. Cannot convert value "Foo" to type "Microsoft.HyperV.PowerShell.VMSwitchType". Error: "Unable to match the identifier name Foo to a valid enumerator name. Specify one of the following enumerator names and try again: Private, Internal, External"`,
  });
});

test('[PS308] arguments convert to the type, one value where an array is wanted, not the reverse', () => {
  const error = refused(() => bindWords('New-VM', words('-Name', ['a', 'b'])));
  const text = refused(() => bindWords('Start-VM', words('-VM', 'Web')));
  const number = refused(() => bindWords('Set-VMProcessor', words('Web', '-Count', 'many')));

  expect(error.message).toBe(
    "Cannot convert 'System.Object[]' to the type 'System.String' required by parameter 'Name'. Specified method is not supported.",
  );
  expect(text.message).toBe(
    `Cannot bind parameter 'VM'. Cannot convert the "Web" value of type "System.String" to type "Microsoft.HyperV.PowerShell.VirtualMachine".`,
  );
  expect(number.message).toBe(
    `Cannot bind parameter 'Count'. Cannot convert value "many" to type "System.Int64". Error: "Input string was not in a correct format."`,
  );
});

test('[PS309] null and empty are refused where a parameter is mandatory', () => {
  const id = (value: Value) =>
    refused(() => bindWords('Start-VM', words('-Name', value))).id.replace(
      'ParameterArgumentValidationError',
      '',
    );

  expect(id(null)).toBe('NullNotAllowed');
  expect(id('')).toBe('EmptyStringNotAllowed');
  expect(id([])).toBe('EmptyArrayNotAllowed');
});

test('[PS310] common parameters are everywhere, -WhatIf where an action can be refused', () => {
  const { binding } = bindWords(
    'Start-VM',
    words('Web', '-WhatIf', '-ea', 'Silent', '-ov', '+all', '-Verbose'),
  );

  expect(binding.common).toEqual({
    whatIf: true,
    verbose: true,
    errorAction: 'SilentlyContinue',
    outVariable: '+all',
  });
  expect(refused(() => bindWords('Get-VM', words('-WhatIf'))).id).toBe('NamedParameterNotFound');
});

test('[PS311] a value given as a block is asked of every object', () => {
  const { binding } = bindWords('Get-Item', [named('Path', BLOCK)], { host: new FakeHost(true) });

  expect(run(binding.take(virtualMachine('Web')))).toBeNull();
  expect(binding.values.get('Path')).toEqual(['Web']);
  expect(refused(() => bindWords('Get-Item', [named('Path', BLOCK)])).id).toBe(
    'ScriptBlockArgumentNoInput',
  );
});

const place = (position: number | null, more: Partial<Place> = {}): Place => ({
  mandatory: false,
  position,
  byValue: false,
  byPropertyName: false,
  remaining: false,
  ...more,
});

const parameter = (
  name: string,
  type: string,
  at: Place,
  rules: readonly Rule[] = [],
): Parameter => ({
  name,
  aliases: [],
  type,
  sets: new Map([[ALL_SETS, at]]),
  rules,
});

const script = (advanced: boolean, ...parameters: readonly Parameter[]): Signature => ({
  name: 'Do-It',
  implementedBy: 'Do-It',
  kind: 'function',
  advanced,
  shouldProcess: false,
  impact: 'None',
  defaultSet: null,
  parameters,
});

test('[PS312] what a simple function does not know becomes its arguments, in order', () => {
  const simple = script(false, parameter('Name', 'string', place(0)));

  const { values, binding } = bindSignature(simple, words('a', 'b', '-x', 3));

  expect(values).toEqual({ Name: 'a' });
  expect(binding.rest).toEqual(['b', '-x', 3]);
});

test('[PS312] the rest goes to whom takes it', () => {
  const advanced = script(
    true,
    parameter('Name', 'string', place(0)),
    parameter('Rest', 'object[]', place(null, { remaining: true })),
  );

  expect(bindSignature(advanced, words('a', 'b', 3)).values).toEqual({ Name: 'a', Rest: ['b', 3] });
});

test.each<[rule: Rule, value: Value, says: string]>([
  [
    { rule: 'set', values: ['a', 'b'], ignoreCase: true },
    'c',
    'The argument "c" does not belong to the set "a,b" specified by the ValidateSet attribute.',
  ],
  [
    { rule: 'range', least: 1, most: 5 },
    6,
    'The 6 argument is greater than the maximum allowed range of 5.',
  ],
  [
    { rule: 'length', least: 2, most: 3 },
    'abcd',
    'The character length of the 4 argument is too long.',
  ],
  [{ rule: 'pattern', pattern: 'x' }, 'abc', 'The argument "abc" does not match the "x" pattern.'],
  [{ rule: 'not-null-or-empty' }, '', 'The argument is null or empty.'],
  [{ rule: 'count', least: 0, most: 1 }, ['a', 'b'], 'The number of provided arguments, (2),'],
])('[PS313] %j refuses %j', (rule, value, says) => {
  const type = Array.isArray(value) ? 'object[]' : typeof value === 'number' ? 'int' : 'string';
  const signature = script(true, parameter('P', type, place(0), [rule]));

  const error = refused(() => bindSignature(signature, words(value)));

  expect(error.id).toBe('ParameterArgumentValidationError');
  expect(error.message).toContain(`Cannot validate argument on parameter 'P'. ${says}`);
});

test('[PS313] the values a cmdlet lists are checked', () => {
  const sector = (size: number) =>
    bindWords('New-VHD', words('C:\\a.vhdx', 1, '-LogicalSectorSizeBytes', size));

  expect(sector(4096).set).toBe('DynamicWithoutSource');
  expect(refused(() => sector(1024)).message).toBe(
    `Cannot validate argument on parameter 'LogicalSectorSizeBytes'. The argument "1024" does not belong to the set "512,4096" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`,
  );
});

test('[PS334] a cmdlet of which only the name is known takes anything', () => {
  const { binding } = bindWords('Get-ADUser', words('-Filter', '*', '-Nonsense'));

  expect(binding.rest).toEqual(['-Filter', '*', '-Nonsense']);
});

test('[PS314] a user given for a credential is asked for the password', () => {
  const host = new FakeHost(false, ['secret']);
  const asking = new FakeHost(false, ['LAB\\Eva', 'secret']);

  const given = bindWords('Get-Credential', words('LAB\\Eva'), { host }).values['Credential'];
  const asked = bindWords('Get-Credential', [], { host: asking }).values['Credential'];

  expect(host.asked).toEqual(['Password for user LAB\\Eva: ']);
  expect(asking.asked).toEqual(['User: ', 'Password for user LAB\\Eva: ']);
  for (const credential of [given, asked]) {
    if (!(credential instanceof Credential)) throw new Error('no credential');
    expect(credential.user).toBe('LAB\\Eva');
    expect(credential.password.reveal()).toBe('secret');
    expect(credential.password.text()).not.toContain('secret');
  }
});

test('[PS304] two sets that lack nothing: a cmdlet takes the first, a function is ambiguous', () => {
  const inSet = (name: string, ...sets: readonly string[]): Parameter => ({
    ...parameter(name, 'string', place(null)),
    sets: new Map(sets.map(set => [set, place(null)])),
  });
  const signature = script(true, inSet('Name', 'A', 'B'), inSet('One', 'A'), inSet('Two', 'B'));
  const line = words('-Name', 'x');

  expect(bindSignature({ ...signature, kind: 'cmdlet' }, line).set).toBe('A');
  expect(refused(() => bindSignature(signature, line)).id).toBe('AmbiguousParameterSet');
  expect(bindSignature(signature, words('-Name', 'x', '-Two', 'y')).set).toBe('B');
});

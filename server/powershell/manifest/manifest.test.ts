import { expect, test } from 'vitest';
import { ALL_SETS } from '../engine/binder-port.ts';
import { enumType } from '../value/enum.ts';
import { declareEnums } from './enum-rows.ts';
import { manifestOf } from './manifest.ts';
import { objectProperties, objectTypes } from './object-type.ts';

const parameters = (era: '2012' | 'newest', command: string) =>
  manifestOf(era)
    .find(command)
    ?.signature.parameters.map(({ name }) => name);

test('[PS300] Server 2012 has the cmdlets of its pages', () => {
  const count = (module: string) =>
    [...manifestOf('2012').all()].filter(command => command.module === module).length;

  expect(count('Hyper-V')).toBe(164);
  expect(count('FailoverClusters')).toBe(79);
  expect(manifestOf('2012').find('Get-VMGroup')).toBeUndefined();
  expect(manifestOf('newest').find('Get-VMGroup')?.name).toBe('Get-VMGroup');
});

test('[PS300] a parameter exists in an era, and so do positions', () => {
  expect(parameters('newest', 'New-VM')).toContain('Generation');
  expect(parameters('2012', 'New-VM')).not.toContain('Generation');
  expect(parameters('2012', 'New-VM')).toContain('SwitchName');
  expect(parameters('newest', 'Get-ChildItem')).toContain('Depth');
  expect(parameters('2012', 'Get-ChildItem')).not.toContain('Depth');
});

test('[PS300] sets of Server 2012 have the names of later pages', () => {
  const names = [...manifestOf('2012').all()].flatMap(({ sets }) => sets);

  expect(names.filter(name => name.startsWith('UNNAMED'))).toEqual([]);
  expect(manifestOf('2012').find('start-vm')?.sets).toEqual(['Name', 'VMObject']);
});

test('[PS300] names are found in any case, aliases by their cmdlet', () => {
  expect(manifestOf('2012').find('GET-vm')?.name).toBe('Get-VM');
  expect(manifestOf('2012').findAlias('GVM')?.name).toBe('Get-VM');
  expect(manifestOf('2012').findAlias('Get-VMCheckpoint')).toBeUndefined();
  expect(manifestOf('newest').findAlias('get-vmcheckpoint')?.name).toBe('Get-VMSnapshot');
});

test.each(['2012', 'newest'] as const)('every row of %s can be read and is in order', era => {
  for (const command of manifestOf(era).all()) {
    const { parameters: all, defaultSet } = command.signature;
    const names = all.flatMap(one => [one.name, ...one.aliases]).map(one => one.toLowerCase());
    const sets = new Set([...command.sets, '__AllParameterSets']);
    const what = `${command.name}: ${names.join(' ')}`;

    expect(
      all.every(one => /^[A-Z]\w*$/i.test(one.name) && one.type !== ''),
      what,
    ).toBe(true);
    expect(
      all.flatMap(one => [...one.sets.keys()]).every(set => sets.has(set)),
      what,
    ).toBe(true);
    expect(defaultSet === null || sets.has(defaultSet), what).toBe(true);
    expect(new Set(names).size, what).toBe(names.length);
  }
});

test.each(['2012', 'newest'] as const)('no two parameters of %s share a position', era => {
  for (const { name, sets, signature } of manifestOf(era).all())
    for (const set of sets) {
      const taken = signature.parameters
        .map(one => one.sets.get(set) ?? one.sets.get(ALL_SETS))
        .flatMap(place => (place?.remaining === false ? (place.position ?? []) : []));

      expect(new Set(taken).size, `${name}: ${set}`).toBe(taken.length);
    }
});

test('[PS300] a set that needs a later parameter is not there yet', () => {
  expect(manifestOf('newest').find('Get-Process')?.sets).toContain('IdWithUserName');
  expect(manifestOf('2012').find('Get-Process')?.sets).not.toContain('IdWithUserName');
});

test('enums have numbers, objects have properties', () => {
  declareEnums();

  const state = enumType('microsoft.hyperv.powershell.vmstate');

  expect(state?.members).toContainEqual(['Running', 2]);
  expect(objectProperties('Microsoft.HyperV.PowerShell.VMSwitch')?.[0]).toEqual({
    name: 'Name',
    type: 'String',
  });
  expect(objectTypes().length).toBeGreaterThan(80);
  expect(objectProperties('constructor')).toBeUndefined();
});

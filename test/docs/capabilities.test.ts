import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CMDLETS } from '../../server/powershell/cmdlets/index.ts';
import { rowless } from '../../server/powershell/manifest/catalog.ts';
import { capabilitiesDocument } from './capabilities.ts';

test('CAPABILITIES.md is what npm run docs writes', () => {
  const written = readFileSync(new URL('../../CAPABILITIES.md', import.meta.url), 'utf8');

  expect(written).toBe(capabilitiesDocument());
});

test('it names what is simulated and what is missing, once each', () => {
  const text = capabilitiesDocument();
  const areas = text.split('\n').filter(line => line.startsWith('| virtual TPMs |'));

  expect(areas).toEqual([
    '| virtual TPMs | `Disable-VMTPM` (later than 2012), `Enable-VMTPM` (later than 2012) |',
  ]);
  for (const { name } of CMDLETS) expect(text.split(`\`${name}\``), name).toHaveLength(2);
});

test('every cmdlet has a row in the manifest, and there is one of each', () => {
  const names = CMDLETS.map(({ name }) => name);

  expect(rowless(CMDLETS)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

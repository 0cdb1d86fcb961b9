import { expect, test } from 'vitest';
import { laterThan2012 } from './era.ts';

test('what later versions brought is told from what binds in 2012, and from what binds nowhere', () => {
  expect(
    laterThan2012([
      'New-VM Web -Generation 2',
      'Get-VMGroup',
      '$vm = Get-VM Web; Start-VM $vm',
      'New-VM -Nonsense',
      'Get-VM |',
    ]),
  ).toEqual([
    "New-VM: A parameter cannot be found that matches parameter name 'Generation'. New-VM -Generation came with a later version and is not simulated in era 2012.",
    'Get-VMGroup: unknown command',
    null,
    null,
    null,
  ]);
});

import { expect, test } from 'vitest';
import { macPoolExhausted, switchNotFound } from './fault.ts';

test('[NET10] faults of the network have the codes of Windows and its words', () => {
  const data = { adapter: 'a' };

  expect([macPoolExhausted(data), switchNotFound(data)]).toEqual([
    {
      kind: 'MacPoolExhausted',
      message: 'Attempt to access invalid address. (0x800701E7)',
      code: 2147942887,
      data,
    },
    {
      kind: 'SwitchNotFound',
      message: 'Element not found. (0x80070490)',
      code: 2147943568,
      data,
    },
  ]);
});

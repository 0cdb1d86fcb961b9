import { expect, test } from 'vitest';
import { givenName } from '../../server/protocol/operation/operation.ts';
import { vmNameFault } from './vm-name.ts';

test.each(['SQL01', '  SQL01 ', 'Bücher-Server', 'x'.repeat(100)])('%s may be a name', name => {
  expect(vmNameFault(name)).toBeNull();
});

test.each(['', '   ', 'a\u202eb', 'a\u0007b', 'x'.repeat(101)])('%o may not be a name', name => {
  expect(vmNameFault(name)).not.toBeNull();
});

test.each(['SQL01', 'a\u202eb', 'a\u0007b', '', 'x'.repeat(101), '\ufeffa'])(
  'the form and the operation agree about %o',
  name => {
    expect(vmNameFault(name) === null).toBe(givenName.safeParse(name.trim()).success);
  },
);

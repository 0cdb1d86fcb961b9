import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DETAILS,
  DIALOGS,
  LEVELS,
  LOOKS_BACK,
  placeIn,
  readAddress,
  TABS,
  writeAddress,
} from './address.ts';

const open = (address: string) => {
  const { pathname, search } = new URL(address, 'http://lab.example');
  return readAddress(pathname, search);
};

test.each([
  ['/', { page: 'home' }],
  ['/labs', { page: 'labs' }],
  ['/labs/new', { page: 'new-lab' }],
  ['/labs/x7/history', { page: 'history', lab: 'lab:x7' }],
  ['/account', { page: 'account' }],
  ['/sign-in', { page: 'password' }],
  ['/sign-in/a%2Fb', { page: 'sign-in', token: 'a/b' }],
  ['/join/x7', { page: 'join', token: 'x7' }],
  ['/lab/x7', { page: 'lab', ...placeIn('lab:x7') }],
  ['/lab/x7/xray?on=vm:1', { page: 'lab', ...placeIn('lab:x7'), tab: 'xray', on: 'vm:1' }],
  [
    '/lab/x7?open=settings&page=dvd',
    { page: 'lab', ...placeIn('lab:x7'), dialog: 'settings', step: 'dvd' },
  ],
  ['/lab/x7?page=dvd', { page: 'lab', ...placeIn('lab:x7') }],
  ['/lab/x7/timeline?turn=7', { page: 'lab', ...placeIn('lab:x7'), tab: 'timeline', turn: 7 }],
  ['/lab/x7/timeline?turn=0', { page: 'lab', ...placeIn('lab:x7'), tab: 'timeline' }],
  ['/lab/x7/machines?turn=7', { page: 'lab', ...placeIn('lab:x7') }],
])('%s opens %o', (address, expected) => {
  expect(open(address)).toEqual(expected);
});

test.each([
  '/lab',
  '/account/x7',
  '/lab/x7/kitchen',
  '/labs/new/more',
  '/join',
  '/join/%E0%A4%A',
  '/nowhere',
])('%s is nowhere, and says so', address => {
  expect(open(address).page).toBe('unknown');
});

test('what cannot be chosen there is left out, and the rest still opens', () => {
  const address = open('/lab/x7/machines?on=vm:1&detail=colour&open=door');

  expect(address).toEqual({ page: 'lab', ...placeIn('lab:x7'), on: 'vm:1' });
});

test('every place that can be written is read back the same', () => {
  const words = fc.option(fc.string({ minLength: 1 }), { nil: null });
  const place = fc.record({
    lab: fc
      .string({ minLength: 1 })
      .filter(text => text !== '.' && text !== '..')
      .map(text => `lab:${text}`),
    tab: fc.constantFrom(...TABS),
    on: words,
    inspect: words,
    detail: fc.constantFrom(...DETAILS),
    beside: words,
    packets: fc.boolean(),
    dialog: fc.constantFrom(...DIALOGS, null),
    step: words,
    filter: fc.string(),
    level: fc.constantFrom(...LEVELS),
    channel: fc.option(fc.integer({ min: 0, max: 2_047 }), { nil: null }),
    turn: fc.option(fc.integer({ min: 1 }), { nil: null }),
  });

  fc.assert(
    fc.property(place, given => {
      const turn = LOOKS_BACK.has(given.tab) ? given.turn : null;
      const step = given.dialog === null ? null : given.step;
      const address = { page: 'lab', ...given, turn, step } as const;
      expect(open(writeAddress(address))).toEqual(address);
    }),
  );
});

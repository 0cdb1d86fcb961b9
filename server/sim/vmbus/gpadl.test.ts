import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMessage } from './encode.ts';
import { BODY_VALUES, HEADER_VALUES, bodiesOf, gpadlBody, gpadlHeader } from './gpadl.ts';

const LIST = { channelId: 1, gpadlId: 0xe1e10, firstPage: 0x2000 };

test('[VB5] a header holds 27 values and a body 28', () => {
  expect([HEADER_VALUES, BODY_VALUES]).toEqual([27, 28]);
});

test('[VB5] two rings of 128 pages take one header with 26 pages and nine bodies', () => {
  const list = { ...LIST, pages: 256 };

  const header = gpadlHeader(list);

  expect(header.values).toHaveLength(27);
  expect(bodiesOf(256)).toBe(9);
  expect(encodeMessage(header)).toHaveLength(236);
  expect(encodeMessage(gpadlBody(list, 0))).toHaveLength(240);
});

test('[VB5] header and bodies name every page once, in order, in messages that are full', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4096 }), pages => {
      const list = { ...LIST, pages };
      const header = gpadlHeader(list);
      const bodies = Array.from({ length: bodiesOf(pages) }, (_, n) => gpadlBody(list, n));

      const [range, ...first] = header.values;
      const named = [...first, ...bodies.flatMap(body => body.values)];

      expect(named).toEqual(Array.from({ length: pages }, (_, i) => LIST.firstPage + i));
      expect(range).toBe(pages * 4096);
      expect(header.rangeBufferLength).toBe(8 + 8 * pages);
      for (const body of bodies.slice(0, -1)) expect(body.values).toHaveLength(BODY_VALUES);
      for (const body of bodies) expect(body.values.length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NAME_LIMIT, nameFault, tidyName } from './name.ts';

test.each([
  'Ada',
  'Jean-Luc Picard',
  '李小龍',
  "O'Brien",
  'محمد',
  'नीरज',
  'Zoë',
  '👩‍💻',
  'R2-D2',
  '7',
])('%s is a name', name => {
  expect(nameFault(tidyName(name))).toBeNull();
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['\u3164', 'empty'], // Hangul filler
  ['\u200d', 'empty'], // a joiner with nothing to join
  ['a'.repeat(NAME_LIMIT + 1), 'too-long'],
  ['Ada\u0000', 'forbidden-character'],
  ['Ada\nInstructor', 'forbidden-character'],
  ['Ada\u007f', 'forbidden-character'],
  ['\u202eadA', 'forbidden-character'], // right-to-left override
  ['Ada\u2066x\u2069', 'forbidden-character'], // isolates
  ['Ada\u200f', 'forbidden-character'], // right-to-left mark
  ['A\ufeffda', 'forbidden-character'], // zero width no-break space
  ['Ada\u2028Lovelace', 'forbidden-character'],
  ['Ada\u200b', 'forbidden-character'], // zero width space
  ['Ada\ud800', 'forbidden-character'], // half a surrogate pair
  ['Z\u0363\u0364\u0365\u0366', 'too-many-marks'],
])('%j is refused as %s', (name, fault) => {
  expect(nameFault(tidyName(name))).toBe(fault);
});

test('a tidied name stays as it is when it is tidied again, and shows no white space but single spaces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const name = tidyName(text);

      expect(tidyName(name)).toBe(name);
      if (nameFault(name) === null) expect(name).not.toMatch(/^\s|\s$|\s\s|[^\S ]/u);
    }),
  );
});

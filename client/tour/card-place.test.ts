import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardPlace } from './card-place.ts';

const SCREEN = { width: 1280, height: 720 };
const CARD = { width: 320, height: 180 };

test.each([
  ['right of a part on the left', { left: 0, top: 48, width: 216, height: 500 }, [230, 48]],
  ['left of a part on the right', { left: 1012, top: 48, width: 268, height: 500 }, [678, 48]],
  ['below a part at the top', { left: 400, top: 0, width: 800, height: 46 }, [640, 60]],
  ['above a part at the bottom', { left: 100, top: 550, width: 1100, height: 170 }, [490, 356]],
  ['in the middle of nothing', null, [480, 270]],
] as const)('the card stands %s', (_, anchor, [left, top]) => {
  expect(cardPlace(anchor, CARD, SCREEN)).toEqual({ left, top });
});

test('wherever its part is, the card is on the screen', () => {
  const box = fc.record({
    left: fc.integer({ min: -500, max: 1500 }),
    top: fc.integer({ min: -500, max: 1500 }),
    width: fc.integer({ min: 1, max: 1500 }),
    height: fc.integer({ min: 1, max: 1500 }),
  });

  fc.assert(
    fc.property(box, anchor => {
      const { left, top } = cardPlace(anchor, CARD, SCREEN);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + CARD.width).toBeLessThanOrEqual(SCREEN.width);
      expect(top + CARD.height).toBeLessThanOrEqual(SCREEN.height);
    }),
  );
});

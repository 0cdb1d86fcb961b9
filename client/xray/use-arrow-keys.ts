import type { FocusEvent, KeyboardEvent } from 'react';

// The drawing is one stop of the Tab key; inside it the arrow keys go to the nearest part that way.

type Way = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const WAYS: ReadonlySet<string> = new Set<Way>(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

const isWay = (key: string): key is Way => WAYS.has(key);

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The index of what lies nearest in a direction; null where nothing does. What lies aside counts twice
 * as far as what lies straight ahead.
 */
export const nearest = (from: Place, to: readonly Place[], way: Way): number | null => {
  const across = way === 'ArrowLeft' || way === 'ArrowRight';
  const sign = way === 'ArrowLeft' || way === 'ArrowUp' ? -1 : 1;
  let best: { readonly index: number; readonly far: number } | null = null;
  to.forEach((place, index) => {
    const dx = place.x - from.x;
    const dy = place.y - from.y;
    const ahead = sign * (across ? dx : dy);
    const aside = Math.abs(across ? dy : dx);
    if (ahead < 2) return;
    const far = ahead + 2 * aside;
    if (best === null || far < best.far) best = { index, far };
  });
  return best === null ? null : (best as { readonly index: number }).index;
};

const middle = (element: Element): Place => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
};

type Part = HTMLElement | SVGElement;

const partsIn = (sheet: Element): Part[] => [...sheet.querySelectorAll<Part>('[data-part]')];

export const useArrowKeys = () => ({
  onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
    const { key, currentTarget, target } = event;
    if (!isWay(key) || !(target instanceof Element)) return;
    const parts = partsIn(currentTarget).filter(part => part !== target);
    const found = nearest(middle(target), parts.map(middle), key);
    if (found === null) return;
    event.preventDefault();
    parts[found]?.focus();
  },
  /** Coming back with Tab, one is where one was. */
  onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>): void => {
    if (!target.matches('[data-part]')) return;
    for (const part of currentTarget.querySelectorAll<Part>('[data-part][tabindex="0"]'))
      part.tabIndex = -1;
    target.tabIndex = 0;
  },
});

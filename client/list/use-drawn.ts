import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useEffectEvent } from 'react';

const HEAD_HEIGHT = 30;

interface Drawn {
  readonly drawn: readonly { readonly index: number; readonly start: number }[];
  readonly height: number;
  readonly show: (index: number) => void;
}

interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  /** Where the chosen row is; less than 0 for nowhere. */
  readonly at: number;
  readonly chosen: string | null;
}

/** Which rows are in sight; what is chosen elsewhere is brought there. */
export const useDrawn = (
  scroller: RefObject<HTMLDivElement | null>,
  { count, rowHeight, at, chosen }: Rows,
): Drawn => {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Room for the head, which lies over the first row otherwise.
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const showChosen = useEffectEvent((): void => {
    if (at >= 0) virtual.scrollToIndex(at);
  });
  // A row that moves because others come is not followed; a new choice is.
  const isThere = at >= 0;
  useEffect(() => showChosen(), [chosen, isThere]);
  return {
    drawn: virtual.getVirtualItems(),
    height: virtual.getTotalSize(),
    show: index => virtual.scrollToIndex(index),
  };
};

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Browsers draw nothing beyond some 17 million pixels; a longer list is scrolled in proportion. */
const MOST_PIXELS = 8_000_000;
const MARGIN = 10;
const NEAR = 24;

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Of the space that is scrolled. */
  readonly height: number;
  readonly first: number;
  readonly last: number;
  /** Where a row stands in that space. */
  readonly top: (index: number) => number;
  readonly onScroll: () => void;
  readonly show: (index: number) => void;
  readonly toEnd: () => void;
  readonly isAtEnd: boolean;
}

interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  /** Moves by as many rows as were put in front since. */
  readonly origin: number;
  /** What lies above the first row inside the scroller. */
  readonly headHeight: number;
  readonly follow: boolean;
}

/** The rows of a long list that are in sight. It costs the same for ten rows and for a million. */
export const useRowWindow = ({ count, rowHeight, origin, headHeight, follow }: Rows): RowWindow => {
  const scroller = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const [room, setRoom] = useState(400);
  const atEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const whole = count * rowHeight;
  const height = Math.min(whole, MOST_PIXELS);
  // Of the list per pixel of the scroll bar.
  const ratio = height > room ? (whole - room) / (height - room) : 1;
  const listTop = ratio === 1 ? scrolled : scrolled * ratio;
  const first = Math.max(0, Math.floor(listTop / rowHeight) - MARGIN);
  const last = Math.min(count - 1, Math.ceil((listTop + room) / rowHeight) + MARGIN);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = (): void => setRoom(Math.max(rowHeight, element.clientHeight - headHeight));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeight, headHeight]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    setAtEnd(atEnd.current);
    setScrolled(element.scrollTop);
  }, []);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight });
  }, []);

  const lastOrigin = useRef(origin);
  useLayoutEffect(() => {
    const element = scroller.current;
    const moved = lastOrigin.current - origin;
    lastOrigin.current = origin;
    if (element === null) return;
    if (follow && atEnd.current) toEnd();
    // What is read stays where it is while older rows are put in front.
    else if (moved > 0) element.scrollTop += (moved * rowHeight) / ratio;
  }, [origin, count, follow, rowHeight, ratio, toEnd]);

  const show = (index: number): void => {
    const element = scroller.current;
    if (element === null) return;
    // The element knows better than the last drawing where it is by now.
    const above = element.scrollTop * ratio;
    const top = index * rowHeight;
    if (top >= above && top + rowHeight <= above + room) return;
    const wanted = top < above ? top : top + rowHeight - room;
    element.scrollTop = Math.max(0, wanted / ratio);
    atEnd.current = index >= count - 1;
  };

  return {
    scroller,
    height,
    first,
    last,
    top: index => (ratio === 1 ? index * rowHeight : scrolled + index * rowHeight - listTop),
    onScroll,
    show,
    toEnd,
    isAtEnd,
  };
};

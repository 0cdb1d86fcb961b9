import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

const NEAR = 40;

interface Following {
  /** Of the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** There is more at the end, out of sight. */
  readonly behind: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/** Keeps the end of a growing list in sight, until somebody scrolls up to read. */
export const useFollow = (count: number, active: boolean): Following => {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [seen, setSeen] = useState(0);
  const [away, setAway] = useState(false);
  useLayoutEffect(() => {
    if (active && atEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count, active]);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    setAway(!atEnd.current);
    // From here on, what comes is news to whoever reads further up.
    setSeen(count);
  };
  const toEnd = (): void => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  return { scroller, behind: active && away && count > seen, onScroll, toEnd };
};

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

const NEAR = 40;

/** Keeps the end of a growing list in sight, until somebody scrolls up to read. */
export const useFollow = (
  scroller: RefObject<HTMLElement | null>,
  count: number,
  active: boolean,
): { readonly behind: boolean; readonly onScroll: () => void; readonly toEnd: () => void } => {
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!active || element === null) return;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else setBehind(true);
  }, [scroller, count, active]);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (atEnd.current) setBehind(false);
  };
  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setBehind(false);
  };
  return { behind: active && behind, onScroll, toEnd };
};

import type { KeyboardEvent, PointerEvent } from 'react';
import { LEAST_HEIGHT, mostHeight } from './bottom-size.ts';
import { useConsoles } from './console-context.tsx';
import css from './console.module.css';

const STEP = 24;

/** The edge between the view and what is below it: dragged, or moved by keys. */
export const Resizer = ({ height, windowHeight }: { height: number; windowHeight: number }) => {
  const { memory, remember } = useConsoles();
  const most = mostHeight(windowHeight);
  const to = (wanted: number): void =>
    remember({
      height: Math.round(Math.min(most, Math.max(LEAST_HEIGHT, wanted))),
      collapsed: false,
    });
  const press = (event: KeyboardEvent): void => {
    const heights: { readonly [key: string]: number } = {
      ArrowUp: height + STEP,
      ArrowDown: height - STEP,
      Home: LEAST_HEIGHT,
      End: most,
    };
    const wanted = heights[event.key];
    if (wanted !== undefined) to(wanted);
    else if (event.key === 'Enter') remember({ collapsed: !memory.collapsed });
    else return;
    event.preventDefault();
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) to(windowHeight - event.clientY);
  };
  return (
    <div
      className={css['resizer']}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the lower part"
      aria-valuenow={memory.collapsed ? 0 : height}
      aria-valuemin={0}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      // As high as it would be by itself.
      onDoubleClick={() => remember({ height: null, collapsed: false })}
    />
  );
};

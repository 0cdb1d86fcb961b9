import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { useTheme } from '../theme/theme.tsx';
import { readColours } from './colours.ts';
import type { Hit } from './layout.ts';
import { type Clock, type Scene, Stage } from './stage.ts';
import { Tip } from './tip.tsx';
import css from './timeline.module.css';

interface CanvasProps {
  readonly scene: Scene;
  readonly clock: Clock;
  /** In order; for those who step through them. */
  readonly facts: readonly Fact[];
  readonly onStage: (stage: Stage | null) => void;
  readonly onSpan: () => void;
  readonly onChoose: (id: string) => void;
  /** The playhead was dragged there; `done` when it was let go. */
  readonly onScrub: (at: number, done: boolean) => void;
  readonly onMenu: (at: number, point: { readonly x: number; readonly y: number }) => void;
}

interface Tipped {
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
}

/** The drawing, as hands and keys move it. */
export const Canvas = (props: CanvasProps) => {
  const { scene, clock } = props;
  const { attach, stage } = useStage(props);
  const [tip, setTip] = useState<Tipped | null>(null);
  const hands = useHands(stage, props, setTip);
  useEffect(() => stage?.show(scene, clock), [stage, scene, clock]);
  const { chosen } = scene;
  const reveal = useEffectEvent((fact: Fact) => stage?.reveal(fact));
  const isShown = stage !== null;
  useEffect(() => {
    if (chosen !== null && isShown) reveal(chosen);
  }, [chosen, isShown]);
  return (
    <div className={css['room']}>
      <canvas
        ref={attach}
        className={css['canvas']}
        role="application"
        aria-label="Timeline. Left and right: the fact before and after. Up and down: on another track. Plus and minus: nearer and further. The same as a list: the List button."
        tabIndex={0}
        {...hands}
        onKeyDown={event => stage !== null && keyed(event, stage, props)}
      />
      {tip !== null && tip.hit.on !== 'nothing' && (
        <Tip hit={tip.hit} x={tip.x} y={tip.y} scene={scene} />
      )}
      <p className="unseen" aria-live="polite">
        {chosen === null ? '' : scene.textOf(chosen)}
      </p>
    </div>
  );
};

/** The canvas and what draws on it, as long as it is on the page. */
const useStage = ({
  onStage,
  onSpan,
}: CanvasProps): {
  readonly attach: (element: HTMLCanvasElement) => () => void;
  readonly stage: Stage | null;
} => {
  const [held, setHeld] = useState<{ stage: Stage; element: HTMLCanvasElement } | null>(null);
  const { dark } = useTheme();
  const told = useRef(onStage);
  const moved = useRef(onSpan);
  useEffect(() => {
    told.current = onStage;
    moved.current = onSpan;
  }, [onStage, onSpan]);
  const attach = useCallback((element: HTMLCanvasElement) => {
    const stage = new Stage(element, () => moved.current());
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      stage.resize(width, height, window.devicePixelRatio);
    });
    observer.observe(element);
    setHeld({ stage, element });
    told.current(stage);
    return () => {
      observer.disconnect();
      stage.stop();
      told.current(null);
    };
  }, []);
  useEffect(() => {
    if (held === null) return undefined;
    // The theme's colours stand on the page one frame after its name does.
    const frame = requestAnimationFrame(() => held.stage.dress(readColours(held.element)));
    return () => cancelAnimationFrame(frame);
  }, [held, dark]);
  useWheel(held?.element ?? null, held?.stage ?? null);
  return { attach, stage: held?.stage ?? null };
};

/** Browsers believe a wheel only when they are told beforehand that it may be stopped. */
const useWheel = (element: HTMLCanvasElement | null, stage: Stage | null): void => {
  useEffect(() => {
    if (element === null || stage === null) return undefined;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const { deltaX, deltaY, offsetX, offsetY, shiftKey } = event;
      const amount = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1;
      if (Math.abs(deltaX) > Math.abs(deltaY)) stage.pan(deltaX * amount);
      else if (shiftKey) stage.pan(deltaY * amount);
      else if (stage.hit({ x: offsetX, y: offsetY }).on === 'gutter') stage.scroll(deltaY * amount);
      else stage.zoom(Math.exp(deltaY * amount * 0.0016), offsetX);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [element, stage]);
};

const CLICK = 4;

interface Drag {
  readonly kind: 'scrub' | 'pan';
  readonly from: { readonly x: number; readonly y: number };
  x: number;
  y: number;
  isMoved: boolean;
}

const pointOf = ({ nativeEvent }: { nativeEvent: MouseEvent }) => ({
  x: nativeEvent.offsetX,
  y: nativeEvent.offsetY,
});

const useHands = (
  stage: Stage | null,
  { onChoose, onScrub, onMenu }: CanvasProps,
  onTip: (tip: Tipped | null) => void,
) => {
  const drag = useRef<Drag | null>(null);
  if (stage === null) return {};
  const move = (event: PointerEvent): void => {
    const point = pointOf(event);
    const held = drag.current;
    if (held === null) return onTip({ hit: stage.hit(point), ...point });
    if (held.kind === 'scrub') onScrub(stage.timeAt(point.x), false);
    else {
      stage.pan(held.x - point.x);
      stage.scroll(held.y - point.y);
    }
    held.isMoved ||= Math.hypot(point.x - held.from.x, point.y - held.from.y) > CLICK;
    [held.x, held.y] = [point.x, point.y];
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      const point = pointOf(event);
      const kind = stage.hit(point).on === 'ruler' ? 'scrub' : 'pan';
      drag.current = { kind, from: point, ...point, isMoved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
      onTip(null);
      if (kind === 'pan') return;
      // The clock above must not run away from the hand.
      stage.hold();
      onScrub(stage.timeAt(point.x), false);
    },
    onPointerMove: move,
    onPointerUp(event: PointerEvent) {
      const held = drag.current;
      drag.current = null;
      if (held === null) return;
      const point = pointOf(event);
      if (held.kind === 'scrub') return onScrub(stage.timeAt(point.x), true);
      const hit = stage.hit(point);
      if (held.isMoved) return;
      if (hit.on === 'fact') onChoose(`fact:${hit.fact.n}`);
      if (hit.on === 'slice') onChoose(hit.slice.inspect);
    },
    onPointerLeave: () => onTip(null),
    onContextMenu(event: React.MouseEvent) {
      event.preventDefault();
      onTip(null);
      onMenu(stage.timeAt(pointOf(event).x), { x: event.clientX, y: event.clientY });
    },
  };
};

/** Keys on the drawing; what it does not know is left to the page. */
const keyed = (event: KeyboardEvent, stage: Stage, props: CanvasProps): void => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { scene, facts, onChoose, onMenu } = props;
  const { key, shiftKey } = event;
  const choose = (fact: Fact | undefined): void => {
    if (fact !== undefined) onChoose(`fact:${fact.n}`);
  };
  if (key === '+' || key === '=') stage.zoom(0.7, null);
  else if (key === '-') stage.zoom(1 / 0.7, null);
  else if (key === '0') stage.fit();
  else if (key === 'End') stage.toNow();
  else if (key === 'Home') choose(facts[0]);
  else if (key === 'ArrowLeft' && shiftKey) stage.pan(-90);
  else if (key === 'ArrowRight' && shiftKey) stage.pan(90);
  else if (key === 'ArrowLeft') choose(beside(scene, facts, -1));
  else if (key === 'ArrowRight') choose(beside(scene, facts, 1));
  else if (key === 'ArrowUp') choose(above(scene, -1));
  else if (key === 'ArrowDown') choose(above(scene, 1));
  else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
    const box = event.currentTarget.getBoundingClientRect();
    const at = scene.chosen?.at ?? scene.playhead ?? stage.span().to;
    onMenu(at, { x: box.x + box.width / 2, y: box.y + 60 });
  } else return;
  event.preventDefault();
  event.stopPropagation();
};

const beside = ({ chosen }: Scene, facts: readonly Fact[], step: number): Fact | undefined => {
  if (chosen === null) return facts.at(-1);
  const index = facts.findIndex(({ n }) => n >= chosen.n);
  return index < 0 ? facts.at(-1) : facts[index + step];
};

/** The nearest fact on the next track that has one. */
const above = ({ chosen, tracks, trackIndex }: Scene, step: number): Fact | undefined => {
  if (chosen === null) return undefined;
  for (let i = trackIndex(chosen) + step; tracks[i] !== undefined; i += step) {
    const near = tracks[i]?.facts.toSorted(
      (a, b) => Math.abs(a.n - chosen.n) - Math.abs(b.n - chosen.n),
    )[0];
    if (near !== undefined) return near;
  }
  return undefined;
};

import { Button } from '@fluentui/react-components';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useRecords } from '../state/lab-context.tsx';
import { useMove, useSelection } from '../state/place.tsx';
import { type Box, cardPlace, type Spot } from './card-place.ts';
import { STEPS } from './steps.ts';
import css from './tour.module.css';

const WIDTH = 320;

/** One stop after the other: a frame around the part, a card beside it. Nothing else is blocked. */
export const TourCard = ({ onEnd }: { onEnd: () => void }) => {
  const [at, setAt] = useState(0);
  const step = STEPS[at] ?? STEPS[0];
  const card = useRef<HTMLDivElement>(null);
  const { anchor, spot } = useSpot(step?.anchor ?? 'main', card);
  useGoThere(at);
  useEffect(() => card.current?.querySelector('button')?.focus(), [at]);
  if (step === undefined) return null;
  const isLast = at === STEPS.length - 1;
  const turn = (by: number): void => {
    if (at + by >= STEPS.length) onEnd();
    else setAt(Math.max(0, at + by));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onEnd();
    else if (event.key === 'ArrowRight') turn(1);
    else if (event.key === 'ArrowLeft') turn(-1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {anchor && <div className={css['frame']} style={{ ...anchor }} aria-hidden="true" />}
      <div
        ref={card}
        className={css['card']}
        style={{ width: WIDTH, ...spot }}
        role="dialog"
        aria-label={`Tour, ${at + 1} of ${STEPS.length}: ${step.title}`}
        aria-describedby="tour-text"
        onKeyDown={keys}
      >
        <small>
          {at + 1} of {STEPS.length}
        </small>
        <h2>{step.title}</h2>
        <p id="tour-text">{step.text}</p>
        <div className={css['buttons']}>
          <Button appearance="primary" size="small" onClick={() => turn(1)}>
            {isLast ? 'Done' : 'Next'}
          </Button>
          <Button size="small" disabled={at === 0} onClick={() => turn(-1)}>
            Back
          </Button>
          {!isLast && (
            <Button size="small" appearance="subtle" onClick={onEnd}>
              Skip the Tour
            </Button>
          )}
        </div>
      </div>
    </>
  );
};

/** Brings the screen to where the stop is, with a machine chosen, as there is nothing to see without one. */
const useGoThere = (at: number): void => {
  const move = useMove();
  const { vm, host } = useSelection();
  const vms = useRecords('vm');
  const here = vms.filter(one => host === null || one.host === host.id);
  const best = here.find(({ state }) => state === 'Running') ?? here[0] ?? vms[0];
  const on = vm?.id ?? best?.id;
  const go = useRef(() => undefined as void);
  useLayoutEffect(() => {
    go.current = () => {
      const place = STEPS[at]?.place;
      if (place !== undefined) move({ ...place, ...(on === undefined ? {} : { on }) }, 'replace');
    };
  });
  useEffect(() => go.current(), [at]);
};

interface Placed {
  readonly anchor: Box | null;
  readonly spot: Spot;
}

/** Where a part is now, and the card beside it. Both move when windows are resized and lists arrive. */
const useSpot = (selector: string, card: RefObject<HTMLDivElement | null>): Placed => {
  const [placed, setPlaced] = useState<Placed>({ anchor: null, spot: { left: 0, top: 0 } });
  useLayoutEffect(() => {
    const look = (): void => {
      const anchor = boxOf(document.querySelector(selector));
      const own = { width: WIDTH, height: card.current?.offsetHeight ?? 0 };
      const screen = { width: window.innerWidth, height: window.innerHeight };
      const found = { anchor, spot: cardPlace(anchor, own, screen) };
      setPlaced(before => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    document.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
    look();
    const timer = window.setInterval(look, 200);
    return () => window.clearInterval(timer);
  }, [selector, card]);
  return placed;
};

const boxOf = (part: Element | null): Box | null => {
  if (part === null) return null;
  const { left, top, width, height } = part.getBoundingClientRect();
  return { left, top, width, height };
};

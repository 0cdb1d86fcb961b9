import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMoment as useMomentLooked } from '../moment/use-moment.tsx';
import { labNow, useArrived, useMoment, useRecord } from '../state/lab-context.tsx';
import { useMove, useSelection } from '../state/place.tsx';
import { Canvas } from './canvas.tsx';
import { FactList } from './fact-list.tsx';
import { MomentBar } from './moment-bar.tsx';
import { type MenuPlace, MomentMenu } from './moment-menu.tsx';
import type { Clock, Scene, Stage } from './stage.ts';
import { Toolbar } from './toolbar.tsx';
import { type Timeline, useTimeline } from './use-timeline.ts';
import css from './timeline.module.css';

/** What happened when, by whom, and why: a line for each component, on one clock. */
export const TimelineView = () => {
  const { scope } = useSelection();
  return <Lines key={scope} />;
};

const Lines = () => {
  const timeline = useTimeline();
  const { scope } = useSelection();
  const arrived = useArrived(scope);
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const move = useMove();
  const [isList, setList] = useState(false);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  const [follows, setFollows] = useState(true);
  const clock = useClock();
  const { look } = useMomentLooked();
  const scrub = useScrub();
  const scene = useScene(timeline, calendarStart, scrub.at);
  const { facts, history, loadOlder } = timeline;
  const onSpan = useCallback(() => {
    if (stage === null) return;
    setFollows(stage.follows);
    const oldest = history.facts[0]?.at;
    if (history.hasOlder && oldest !== undefined && stage.span().from < oldest) loadOlder();
  }, [stage, history, loadOlder]);
  const onMenu = (at: number, point: { x: number; y: number }): void => {
    const before = facts.findLast(fact => fact.at <= at);
    setMenu({ at, turn: before?.turn ?? null, ...point });
  };
  return (
    <div className={css['view']}>
      <Toolbar
        stage={stage}
        timeline={timeline}
        follows={follows}
        isList={isList}
        onList={setList}
      />
      <MomentBar scrubbed={scrub.at} />
      {isList ? (
        <div className={css['room']}>
          <FactList facts={facts} />
        </div>
      ) : (
        <Canvas
          scene={scene}
          clock={clock}
          facts={facts}
          onStage={setStage}
          onSpan={onSpan}
          onChoose={id => move({ inspect: id }, 'replace')}
          onScrub={scrub.to}
          onMenu={onMenu}
        />
      )}
      {arrived && facts.length === 0 && !isList && (
        <p className={css['hint']}>
          Nothing has happened here yet. Start a virtual machine: every component that takes part
          gets a line.
        </p>
      )}
      {menu && (
        <MomentMenu
          place={menu}
          calendarStart={calendarStart}
          onLook={() =>
            look(menu.turn === null ? { at: Math.floor(menu.at) } : { turn: menu.turn })
          }
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
};

/** So many facts, about what one start of a machine leaves, are in sight at first. */
const OPENS_WITH = 450;

const useScene = (timeline: Timeline, calendarStart: number, scrubbed: number | null): Scene => {
  const { past } = useMomentLooked();
  const { tracks, arrows, trackIndex, chosen, chosenJob, textOf, facts } = timeline;
  const playhead = scrubbed ?? past?.at ?? null;
  const opensAt = (facts.at(-OPENS_WITH) ?? facts[0])?.at ?? null;
  return useMemo(
    () => ({
      tracks,
      arrows,
      trackIndex,
      chosen,
      chosenJob,
      textOf,
      playhead,
      calendarStart,
      opensAt,
    }),
    [tracks, arrows, trackIndex, chosen, chosenJob, textOf, playhead, calendarStart, opensAt],
  );
};

const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Lab time, as the drawing asks for it. */
const useClock = (): Clock => {
  const moment = useMoment();
  return useMemo(
    () => ({
      now: () => labNow(moment),
      pace: (moment?.speed ?? 0) * 10,
      leastMs: calm.matches ? 1_000 : 0,
    }),
    [moment],
  );
};

/** Each look is a replay on the server: while one drags, only where the hand rests is asked for. */
const REST_MS = 250;

/** Where the playhead is dragged to, before the picture of that moment is here. */
const useScrub = (): {
  readonly at: number | null;
  readonly to: (at: number, done: boolean) => void;
} => {
  const { look, past, backToNow } = useMomentLooked();
  const moment = useMoment();
  const [at, setAt] = useState<number | null>(null);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  // The picture is here: from now on its own time counts.
  const shown = past?.at ?? null;
  const [last, setLast] = useState(shown);
  if (shown !== last) {
    setLast(shown);
    setAt(null);
  }
  const to = useCallback(
    (wanted: number, done: boolean) => {
      const now = labNow(moment);
      const time = Math.floor(Math.max(0, wanted));
      window.clearTimeout(timer.current);
      if (time >= now) {
        setAt(null);
        if (done) backToNow();
        return;
      }
      setAt(time);
      timer.current = window.setTimeout(() => look({ at: time }), done ? 0 : REST_MS);
    },
    [look, backToNow, moment],
  );
  return { at, to };
};

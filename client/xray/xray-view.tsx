import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { type FactsBack, useFactsBack } from '../facts/use-facts-back.ts';
import { InMoment } from '../moment/use-moment.tsx';
import { type Level, LEVELS } from '../route/address.ts';
import { useLab, useMoment, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { layout } from './layout.ts';
import { lightsOf, TRAIL } from './lights.ts';
import { Playhead } from './playhead.tsx';
import { countedIn, type Readings, type Scene } from './scene.ts';
import { Sheet } from './sheet.tsx';
import { useReading } from './use-reading.ts';
import { useReadings } from './use-readings.ts';
import { useScene } from './use-scene.ts';
import { useSize } from './use-size.ts';
import { useStepKeys, useSteps } from './use-steps.ts';
import wireCss from './wire.module.css';
import css from './xray.module.css';

/** The picture that shows what happens inside: drawn from records, moved by facts. */
export const XrayView = () => {
  const { host } = useSelection();
  const hosts = useRecords('host');
  const move = useMove();
  if (host === null) {
    return (
      <div className={css['hint']}>
        <p>Choose a host, or one of its virtual machines, to look inside.</p>
        <p>
          {hosts.map(({ id, name }) => (
            <button key={id} type="button" className="plain" onClick={() => move({ on: id })}>
              <u>{name}</u>&ensp;
            </button>
          ))}
        </p>
      </div>
    );
  }
  return <Xray name={host.name ?? ''} />;
};

/** What is drawn: of now, or of the moment that is looked at. */
interface Sight {
  readonly scene: Scene;
  readonly readings: Readings;
}

const Xray = ({ name }: { name: string }) => {
  const { ref, size } = useSize<HTMLDivElement>();
  const [sight, setSight] = useState<Sight | null>(null);
  const { scope } = useSelection();
  const { inspect, level } = usePlace();
  const move = useMove();
  const known = useFactsBack(scope);
  const { facts } = known;
  const speed = useMoment()?.speed ?? 0;
  const steps = useSteps(facts);
  useStepKeys(steps);
  const { past, index, problem } = steps;
  useReach(known, past !== null && index < NEAR_BEGINNING);
  const reading = useReading(facts, speed);
  const trail = useMemo(
    () => (past === null ? reading : facts.slice(Math.max(0, index + 1 - TRAIL), index + 1)),
    [past, reading, facts, index],
  );
  const drawing = useMemo(
    () => sight && layout(sight.scene, { ...size, level }, sight.readings),
    [sight, size, level],
  );
  const lights = useMemo(() => drawing && lightsOf(trail, drawing), [trail, drawing]);
  const onInspect = useCallback((id: string) => move({ inspect: id }), [move]);
  const onChoose = useCallback((id: string) => move({ on: id, inspect: null }), [move]);
  return (
    <div className={css['view']}>
      <Legend level={level} onLevel={to => move({ level: to }, 'replace')} />
      <InMoment>
        <Source isPast={past !== null} onSight={setSight} />
      </InMoment>
      <div
        ref={ref}
        className={`${css['room']} ${past === null ? '' : css['asItWas']}`}
        role="region"
        aria-busy={past !== null && past.at === null}
        aria-label={`The virtualization stack of ${name}; arrow keys go from part to part. The same as a list: What happens, below.`}
      >
        {problem !== null && <p className={css['problem']}>{problem}</p>}
        {size.width > 0 && drawing !== null && lights !== null && (
          <Sheet
            drawing={drawing}
            lights={lights}
            inspected={inspect}
            fades={past === null && speed >= 1_000}
            onInspect={onInspect}
            onChoose={onChoose}
          />
        )}
      </div>
      <Playhead known={known} steps={steps} shown={trail.at(-1)} onInspect={onInspect} />
    </div>
  );
};

/** Older facts are asked for before somebody who goes back has come to the first that is here. */
const NEAR_BEGINNING = 250;

const useReach = ({ facts, hasOlder, reach }: FactsBack, isNear: boolean): void => {
  const first = facts[0]?.n;
  const ask = useEffectEvent(reach);
  useEffect(() => {
    if (isNear && hasOlder && first !== undefined) ask();
  }, [isNear, hasOlder, first]);
};

interface SourceProps {
  readonly isPast: boolean;
  readonly onSight: (sight: Sight) => void;
}

/** Draws nothing: reads the records of the moment, so that the drawing itself stays when time changes. */
const Source = (props: SourceProps): ReactNode => {
  const { host, vm } = useSelection();
  // Of a past moment that is not here yet nothing is known; what was drawn stays meanwhile.
  return host === null ? null : <HostSource host={host} vm={vm} {...props} />;
};

const HostSource = ({
  host,
  vm,
  isPast,
  onSight,
}: SourceProps & { host: Seen<'host'>; vm: Seen<'vm'> | null }): ReactNode => {
  const scene = useScene(host, vm);
  const counted = useMemo(() => countedIn(scene), [scene]);
  const readings = useReadings(counted);
  useCloserLook(isPast ? null : scene);
  useEffect(() => onSight({ scene, readings }), [scene, readings, onSight]);
  return null;
};

/** So many machines are drawn with their devices, beside the chosen one. */
const CLOSER = 5;

/** Channels are told to who looks at a machine: so one looks at those few that are drawn with them. */
const useCloserLook = (scene: Scene | null): void => {
  const { store } = useLab();
  const others = scene?.machines.filter(({ vm }) => vm.id !== scene.focus?.vm.id) ?? [];
  const near = others.length > CLOSER ? [] : others.filter(({ partition }) => partition);
  const key = near.map(({ vm }) => vm.id).join(' ');
  useEffect(() => {
    if (key === '') return undefined;
    const scopes = key.split(' ') as Scope[];
    const stops = scopes.map(scope => store.watch(scope, { gauges: true }));
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, key]);
};

const Legend = ({ level, onLevel }: { level: Level; onLevel: (level: Level) => void }) => (
  <div className={css['head']}>
    <Key className={wireCss['wire']} text="synthetic: over VMBus" />
    <Key className={`${wireCss['wire']} ${wireCss['offered']}`} text="offered, not open" />
    <Key
      className={`${wireCss['wire']} ${wireCss['emulated']}`}
      text="emulated: an intercept each"
    />
    <div className={css['segment']} role="group" aria-label="Detail">
      {LEVELS.map(id => (
        <button key={id} type="button" aria-pressed={id === level} onClick={() => onLevel(id)}>
          {id === 'simple' ? 'Simple' : 'Full'}
        </button>
      ))}
    </div>
  </div>
);

const Key = ({ className, text }: { className: string | undefined; text: string }) => (
  <span className={css['key']}>
    <svg width="26" height="6" aria-hidden="true">
      <path className={className} d="M1 3H25" />
    </svg>
    {text}
  </span>
);

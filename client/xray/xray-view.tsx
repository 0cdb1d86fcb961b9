import { useCallback, useMemo } from 'react';
import { type Level, LEVELS } from '../route/address.ts';
import { useFacts, useGaugesOf, useMoment, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { layout } from './layout.ts';
import { lightsOf } from './lights.ts';
import { Sheet } from './sheet.tsx';
import { useLitFacts } from './use-lights.ts';
import { countedIn } from './scene.ts';
import { useScene } from './use-scene.ts';
import { useSize } from './use-size.ts';
import css from './xray.module.css';

/** The picture that shows what happens inside: drawn from records, moved by facts. */
export const XrayView = () => {
  const { host, vm } = useSelection();
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
  return <Xray host={host} vm={vm} />;
};

const Xray = ({ host, vm }: { host: Seen<'host'>; vm: Seen<'vm'> | null }) => {
  const { ref, size } = useSize<HTMLDivElement>();
  const scene = useScene(host, vm);
  const { inspect, level } = usePlace();
  const move = useMove();
  const facts = useFacts(vm?.id ?? host.id);
  const runs = (useMoment()?.speed ?? 0) > 0;
  const lit = useLitFacts(facts, runs);
  const counted = useMemo(() => countedIn(scene), [scene]);
  const counters = useGaugesOf(counted);
  const drawing = useMemo(
    () => layout(scene, { ...size, level }, counters),
    [scene, size, level, counters],
  );
  const lights = useMemo(() => lightsOf(lit, drawing), [lit, drawing]);
  const onInspect = useCallback((id: string) => move({ inspect: id }), [move]);
  const onChoose = useCallback((id: string) => move({ on: id, inspect: null }), [move]);
  return (
    <div className={css['view']}>
      <Legend level={level} onLevel={to => move({ level: to }, 'replace')} />
      <div
        ref={ref}
        className={css['room']}
        role="region"
        aria-label={`The virtualization stack of ${host.name ?? ''}. The same as a list: What happens, below.`}
      >
        {size.width > 0 && (
          <Sheet
            drawing={drawing}
            lights={lights}
            inspected={inspect}
            runs={runs}
            onInspect={onInspect}
            onChoose={onChoose}
          />
        )}
      </div>
    </div>
  );
};

const Legend = ({ level, onLevel }: { level: Level; onLevel: (level: Level) => void }) => (
  <div className={css['head']}>
    <Key className={css['wire']} text="synthetic: over VMBus" />
    <Key className={`${css['wire']} ${css['offered']}`} text="offered, not open" />
    <Key className={`${css['wire']} ${css['emulated']}`} text="emulated: an intercept each" />
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

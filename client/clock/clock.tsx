import { Button, Tooltip } from '@fluentui/react-components';
import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { useEffect, useRef } from 'react';
import { calendarDay, clockTime, speedText } from '../format/lab-time.ts';
import { useSubmit } from '../state/command.ts';
import { labNow, useLab, useLabTime, useMoment, useRecord } from '../state/lab-context.tsx';
import { useSomebody } from '../state/known-people.ts';
import css from './clock.module.css';
import { SpeedMenu } from './speed-menu.tsx';
import { StepMenu } from './step-menu.tsx';

/** The one clock of the lab: what time it is there, how fast it runs, and who may change that: everyone. */
export const Clock = () => {
  const clock = useRecord<'clock'>('clock:lab');
  const submit = useSubmit();
  const running = clock?.running ?? false;
  const sleeping = clock?.sleeping ?? false;
  const toggle = (): void => void submit(running ? 'clock.pause' : 'clock.resume', {});
  const label = running ? 'Pause the lab for everyone' : 'Let the lab run on';
  return (
    <div
      className={`${css['clock']} ${running ? '' : css['paused']}`}
      role="group"
      aria-label="Clock"
    >
      <Day start={clock?.calendarStart ?? 0} />
      <Face start={clock?.calendarStart ?? 0} />
      {clock && !running && (
        <Paused by={sleeping ? null : (clock.changedBy ?? null)} sleeping={sleeping} />
      )}
      {running && <Slower speed={clock?.speed ?? 1_000} />}
      <SpeedMenu speed={clock?.speed ?? 1_000} disabled={!clock} />
      <Tooltip content={label} relationship="label">
        <Button
          appearance="subtle"
          size="small"
          shape="circular"
          icon={running ? <PauseFilled /> : <PlayFilled />}
          disabled={!clock}
          onClick={toggle}
        />
      </Tooltip>
      <StepMenu paused={clock !== undefined && !running} />
    </div>
  );
};

/** A machine that cannot keep up says so: the speed that it has, beside the one that was asked for. */
const Slower = ({ speed }: { speed: number }) => {
  const moment = useMoment();
  // Less than a tenth is the rounding of one beat, or of a tick that came late.
  if (moment === null || moment.speed === 0 || moment.speed >= speed * 0.9) return null;
  return (
    <span className={css['state']} title="The server cannot keep up with the speed that was set.">
      only {moment.speed >= 100 ? `${(moment.speed / 1_000).toFixed(1)}x` : speedText(moment.speed)}
    </span>
  );
};

/** Who stands behind a clock that stands still. */
const Paused = ({ by, sleeping }: { by: string | null; sleeping: boolean }) => {
  const somebody = useSomebody();
  const name = by === null ? undefined : somebody(by)?.name;
  const about = sleeping
    ? 'Nobody was here, so the lab stood still. It runs on when you let it.'
    : `Paused${name === undefined ? '' : ` by ${name}`}`;
  return (
    <span className={css['state']} title={about}>
      {sleeping ? 'asleep' : 'paused'}
    </span>
  );
};

const Day = ({ start }: { start: number }) => {
  const now = useLabTime(1_000);
  return <span className={css['day']}>{start > 0 && calendarDay(start, now)}</span>;
};

/** Written straight into the page: sixty times a second is no work for React. */
const Face = ({ start }: { start: number }) => {
  const { link } = useLab();
  const face = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    let frame = 0;
    let shown = '';
    const draw = (): void => {
      const text = start > 0 ? clockTime(start, labNow(link.moment)) : '--:--:--';
      if (text !== shown && face.current !== null) face.current.textContent = text;
      shown = text;
      frame = window.requestAnimationFrame(draw);
    };
    draw();
    return () => window.cancelAnimationFrame(frame);
  }, [link, start]);
  return <time ref={face} className={css['time']} role="timer" aria-label="Lab time" />;
};

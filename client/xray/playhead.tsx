import { Button, Tooltip } from '@fluentui/react-components';
import { NextRegular } from '@fluentui/react-icons/svg/next';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { PreviousRegular } from '@fluentui/react-icons/svg/previous';
import type { ReactElement } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { SPEEDS } from '../clock/speeds.ts';
import { whoText } from '../facts/fact-columns.tsx';
import type { FactsBack } from '../facts/use-facts-back.ts';
import { clockTime, speedText } from '../format/lab-time.ts';
import { useSubmit } from '../state/command.ts';
import { useRecord } from '../state/lab-context.tsx';
import css from './playhead.module.css';
import type { Steps } from './use-steps.ts';

interface PlayheadProps {
  readonly known: FactsBack;
  readonly steps: Steps;
  /** What is lit. */
  readonly shown: Fact | undefined;
  readonly onInspect: (id: string) => void;
}

/** Where one is in time: now, or, for oneself alone, at any fact before. */
export const Playhead = ({ known, steps, shown, onInspect }: PlayheadProps) => {
  const { facts, hasOlder, hasReached, reach } = known;
  const { past, index } = steps;
  const clock = useRecord<'clock'>('clock:lab');
  const running = clock?.running ?? false;
  const start = clock?.calendarStart ?? 0;
  const last = Math.max(0, facts.length - 1);
  const at = past === null ? last : Math.max(0, index);
  const fact = past === null ? shown : facts[index];
  return (
    <div
      className={`${css['playhead']} ${past === null ? '' : css['past']}`}
      role="group"
      aria-label="Moment"
    >
      <Keys steps={steps} running={running} known={clock !== undefined} />
      <input
        type="range"
        className={css['track']}
        aria-label="Facts"
        aria-valuetext={
          fact === undefined ? 'now' : `${clockTime(start, fact.at)}, ${fact.summary}`
        }
        min={0}
        max={last}
        value={at}
        disabled={facts.length < 2}
        style={{ ['--played' as string]: `${last === 0 ? 100 : (at / last) * 100}%` }}
        // Somebody is about to go back.
        onFocus={hasReached ? undefined : reach}
        onChange={event => steps.go(Number(event.target.value))}
      />
      <span className={css['place']}>{placeText(at, facts.length, hasOlder)}</span>
      <Said fact={fact} start={start} onInspect={onInspect} />
      {past === null ? (
        <Pace speed={clock?.speed ?? 1_000} disabled={clock === undefined} />
      ) : (
        <span className={css['mark']}>
          <b>{past.at === null ? 'looking…' : clockTime(start, past.at)}</b>
          <span>as it was, for you alone</span>
          <Button appearance="primary" size="small" onClick={steps.toNow}>
            Back to now
          </Button>
        </span>
      )}
    </div>
  );
};

const placeText = (at: number, count: number, hasOlder: boolean): string =>
  count === 0 ? 'no facts yet' : `${at + 1} of ${hasOlder ? 'the last ' : ''}${count}`;

const Keys = ({ steps, running, known }: { steps: Steps; running: boolean; known: boolean }) => {
  const { past, replays } = steps;
  const submit = useSubmit();
  const toggle = (): void => {
    if (past !== null) steps.replay(!replays);
    else void submit(running ? 'clock.pause' : 'clock.resume', {});
  };
  const plays = past === null ? running : replays;
  return (
    <>
      <Key
        label={keyLabel(past !== null, plays)}
        icon={plays ? <PauseRegular /> : <PlayRegular />}
        disabled={!known}
        onPress={toggle}
      />
      <Key
        label="Step back to the fact before, for you alone (,)"
        icon={<PreviousRegular />}
        disabled={steps.back === null}
        onPress={() => steps.back?.()}
      />
      <Key
        label={forwardLabel(past !== null, steps.forward !== null)}
        icon={<NextRegular />}
        disabled={steps.forward === null}
        onPress={() => steps.forward?.()}
      />
    </>
  );
};

const forwardLabel = (isPast: boolean, may: boolean): string => {
  if (!may) return 'Step to the next fact: pause the lab first';
  return isPast ? 'Step to the next fact (.)' : 'Let the lab do its next thing (.)';
};

const keyLabel = (isPast: boolean, plays: boolean): string => {
  if (isPast) return plays ? 'Stop the replay' : 'Replay from here, for you alone';
  return plays ? 'Pause the lab for everyone' : 'Let the lab run on';
};

const Key = ({
  label,
  icon,
  disabled,
  onPress,
}: {
  label: string;
  icon: ReactElement;
  disabled: boolean;
  onPress: () => void;
}) => (
  <Tooltip content={label} relationship="label">
    <Button
      appearance="subtle"
      size="small"
      icon={icon}
      disabledFocusable={disabled}
      onClick={onPress}
    />
  </Tooltip>
);

/** In words what is lit: also the way to all that is known about it. */
const Said = ({
  fact,
  start,
  onInspect,
}: {
  fact: Fact | undefined;
  start: number;
  onInspect: (id: string) => void;
}) => (
  <span className={css['said']} aria-live="polite">
    {fact !== undefined && (
      <button
        type="button"
        title={`${clockTime(start, fact.at)} ${fact.summary}`}
        onClick={() => onInspect(`fact:${fact.n}`)}
      >
        <span>{whoText(fact)}</span> {fact.summary}
      </button>
    )}
  </span>
);

/** The lab's clock, a step slower or faster, for everyone. */
const Pace = ({ speed, disabled }: { speed: number; disabled: boolean }) => {
  const submit = useSubmit();
  const slower = SPEEDS.findLast(value => value < speed);
  const faster = SPEEDS.find(value => value > speed);
  const set = (to: number | undefined): void => {
    if (to !== undefined) void submit('clock.speed', { speed: to });
  };
  return (
    <span className={css['pace']} role="group" aria-label="Pace of the lab">
      <Button
        appearance="subtle"
        size="small"
        aria-label={`Slower for everyone${slower === undefined ? '' : `, ${speedText(slower)}`}`}
        disabledFocusable={disabled || slower === undefined}
        onClick={() => set(slower)}
      >
        −
      </Button>
      <span>{speedText(speed)}</span>
      <Button
        appearance="subtle"
        size="small"
        aria-label={`Faster for everyone${faster === undefined ? '' : `, ${speedText(faster)}`}`}
        disabledFocusable={disabled || faster === undefined}
        onClick={() => set(faster)}
      >
        +
      </Button>
    </span>
  );
};

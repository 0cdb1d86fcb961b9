import type { ReactNode } from 'react';
import { calendarDay, timeOfDay } from '../../format/lab-time.ts';
import { useLabTime, useRecord } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { lookOf } from './look.ts';
import css from './vmconnect.module.css';

interface SketchProps {
  readonly guest: Seen<'guest'> | undefined;
  readonly atPassword: boolean;
  readonly name: string;
}

/** By what the guest is at, and not by what its screen says: the words are the guest's own. */
export const Sketch = ({ guest, atPassword, name }: SketchProps) => {
  const look = lookOf(guest);
  const text = guest?.screen ?? '';
  const classes = `${css['screen']} ${css[look] ?? ''}`;
  const drawn = (inner: ReactNode) => (
    <div className={classes} aria-hidden="true">
      {inner}
    </div>
  );
  switch (look) {
    case 'black':
      return drawn(null);
    case 'firmware':
      return drawn(<b>{text}</b>);
    case 'text':
      return drawn(
        <pre>
          {text.replace(/_$/u, '')}
          <i className={css['cursor']} />
        </pre>,
      );
    case 'booting':
      return drawn(
        <>
          <Panes />
          <Dots />
          <p>{text}</p>
        </>,
      );
    case 'setup':
      return drawn(<pre className={css['box']}>{text}</pre>);
    case 'sign-in':
      return drawn(
        atPassword ? <Password computer={guest?.computerName ?? name} /> : <Lock text={text} />,
      );
    case 'waiting':
      return drawn(
        <>
          <Dots />
          <p>{text}</p>
        </>,
      );
    case 'stopped':
      return drawn(<Stopped text={text} />);
  }
};

/** Four panes: whoever has seen one of these systems start knows them. */
const Panes = () => (
  <svg viewBox="0 0 40 40" width="74" height="74">
    <path
      fill="currentColor"
      d="M3 8l14-2v13H3zM19 5.7 37 3v16H19zM3 21h14v13L3 32zM19 21h18v16l-18-2.7z"
    />
  </svg>
);

const Dots = () => (
  <span className={css['dots']}>
    <i />
    <i />
    <i />
    <i />
    <i />
  </span>
);

const Lock = ({ text }: { text: string }) => {
  const start = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const now = useLabTime(1_000);
  return (
    <>
      <p>{text}</p>
      <span className={css['time']}>
        <b>{timeOfDay(start, now).slice(0, 5)}</b>
        {calendarDay(start, now)}
      </span>
    </>
  );
};

/** As far as the sketch goes: nobody has a password here. */
const Password = ({ computer }: { computer: string }) => (
  <div className={css['account']}>
    <span className={css['picture']} />
    <div>
      <b>Administrator</b>
      <span className={css['field']}>Password</span>
      <small>{computer}. What lies behind the password is not part of the lab.</small>
    </div>
  </div>
);

const Stopped = ({ text }: { text: string }) => {
  const [first = '', ...rest] = text.split('\n');
  const isFace = first === ':(';
  return (
    <>
      {isFace && <b>{first}</b>}
      <pre>{isFace ? rest.join('\n') : text}</pre>
    </>
  );
};

import { useMove, usePlace } from '../state/place.tsx';
import css from './toolbar.module.css';

/** Messages of the bus are history, each of them a fact; data packets are a sample while one looks. */
export const WhatIsListed = () => {
  const { packets } = usePlace();
  const move = useMove();
  return (
    <div className={css['segment']} role="group" aria-label="What is listed">
      <button
        type="button"
        aria-pressed={!packets}
        title="Control messages and negotiations: every one of them"
        onClick={() => move({ packets: false }, 'replace')}
      >
        Messages
      </button>
      <button
        type="button"
        aria-pressed={packets}
        title="What the devices say in their rings: a sample, while you look"
        onClick={() => move({ packets: true, inspect: null }, 'replace')}
      >
        Data packets
      </button>
    </div>
  );
};

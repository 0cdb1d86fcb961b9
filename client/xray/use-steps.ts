import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { type MomentLooked, useMoment } from '../moment/use-moment.tsx';
import { useSubmit } from '../state/command.ts';
import { useRecord } from '../state/lab-context.tsx';
import { useMove, usePlace } from '../state/place.tsx';
import { cursorAt } from './cursor.ts';

export interface Steps {
  readonly past: MomentLooked['past'];
  readonly problem: string | null;
  /** Of the fact that is looked at in the past; -1 where it is older than those that are here. */
  readonly index: number;
  readonly go: (index: number) => void;
  /** Null where there is nowhere to go. */
  readonly back: (() => void) | null;
  readonly forward: (() => void) | null;
  readonly toNow: () => void;
  readonly replays: boolean;
  readonly replay: (on: boolean) => void;
}

/** How long each fact stays in a replay. */
const BEAT = 600;

/** Going through the facts one by one: back in time for oneself, forward from now for everyone. */
export const useSteps = (facts: readonly Fact[]): Steps => {
  const { past, problem, look, backToNow } = useMoment();
  const { inspect } = usePlace();
  const move = useMove();
  const [chosen, setChosen] = useState<number | null>(null);
  const [replays, setReplays] = useState(false);
  const submit = useSubmit();
  const running = useRecord<'clock'>('clock:lab')?.running ?? true;
  const turn = past?.turn ?? null;
  const last = facts.length - 1;
  const inspected = inspectedFact(inspect);
  const index = turn === null ? last : cursorAt(facts, turn, inspected ?? chosen);
  const toNow = useCallback(() => {
    setReplays(false);
    backToNow();
  }, [backToNow]);
  const go = useCallback(
    (to: number) => {
      const fact = facts[to];
      if (fact === undefined) return;
      setChosen(fact.n);
      // Whoever reads about a fact reads on while stepping.
      if (inspected !== null) move({ turn: fact.turn, inspect: `fact:${fact.n}` }, 'replace');
      else if (fact.turn !== turn) look({ turn: fact.turn });
    },
    [facts, turn, look, inspected, move],
  );
  useEffect(() => {
    if (!replays || turn === null) return undefined;
    const timer = window.setTimeout(() => {
      if (index >= last) setReplays(false);
      else go(index + 1);
    }, BEAT);
    return () => window.clearTimeout(timer);
  }, [replays, turn, index, last, go]);
  return useMemo(() => {
    const nextForAll = running ? null : () => void submit('clock.step', { to: 'fact' });
    const next = index >= last ? toNow : () => go(index + 1);
    return {
      past,
      problem,
      index,
      go: to => (to >= last && turn === null ? undefined : go(to)),
      back: index > 0 ? () => go(index - 1) : null,
      forward: turn === null ? nextForAll : next,
      toNow,
      replays: replays && turn !== null,
      replay: setReplays,
    };
  }, [past, problem, index, last, turn, running, submit, go, toNow, replays]);
};

/** The number of the fact that the inspector shows. */
const inspectedFact = (inspect: string | null): number | null =>
  inspect?.startsWith('fact:') ? Number(inspect.slice('fact:'.length)) : null;

const isFree = ({ ctrlKey, altKey, metaKey, defaultPrevented, target }: KeyboardEvent): boolean =>
  !ctrlKey &&
  !altKey &&
  !metaKey &&
  !defaultPrevented &&
  !(
    target instanceof Element &&
    target.closest('input:not([type=range]), textarea, select, [role=dialog], [role=menu]')
  );

/** As in a film: `,` back and `.` forward, one fact at a time. */
export const useStepKeys = ({ back, forward }: Steps): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = event.key === ',' ? back : event.key === '.' ? forward : null;
      if (step === null || !isFree(event)) return;
      event.preventDefault();
      step();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [back, forward]);
};

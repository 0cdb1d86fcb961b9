import { useEffect, useMemo, useRef, useState } from 'react';
import { TICKS_PER_SECOND } from '../../server/protocol/time.ts';
import { useGaugesOf, useMoment } from '../state/lab-context.tsx';
import type { Counters } from '../state/lab-store.ts';
import type { Readings, SceneCounters } from './scene.ts';

/** Counters, and their growth since they were last told, by the lab's clock. */
export const useReadings = (ids: readonly string[]): Readings => {
  const counters = useGaugesOf(ids);
  const at = useMoment()?.at ?? 0;
  const last = useRef<{ readonly counters: SceneCounters; readonly at: number } | null>(null);
  const [rates, setRates] = useState<SceneCounters>(NONE);
  useEffect(() => {
    const before = last.current;
    if (before?.counters === counters) return;
    last.current = { counters, at };
    const seconds = before === null ? 0 : (at - before.at) / TICKS_PER_SECOND;
    setRates(before === null || seconds <= 0 ? NONE : growth(before.counters, counters, seconds));
  }, [counters, at]);
  return useMemo(() => ({ counters, rates }), [counters, rates]);
};

const NONE: SceneCounters = new Map();

export const growth = (
  before: SceneCounters,
  after: SceneCounters,
  seconds: number,
): SceneCounters => {
  const rates = new Map<string, Counters>();
  for (const [id, now] of after) {
    const then = before.get(id);
    if (then === undefined || then === now) continue;
    const grown: { [column: string]: number } = {};
    for (const [column, value] of Object.entries(now)) {
      const more = value - (then[column] ?? value);
      if (more > 0) grown[column] = more / seconds;
    }
    rates.set(id, grown);
  }
  return rates;
};

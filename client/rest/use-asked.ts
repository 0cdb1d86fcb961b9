import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../server/base/result.ts';
import type { Problem } from './request.ts';

export interface Asked<T> {
  /** Undefined while the first answer is on its way. */
  readonly value: T | undefined;
  readonly problem: Problem | null;
  readonly again: () => void;
}

/** What a GET answers, asked when the component appears, and again when it is about something else. */
export const useAsked = <T>(
  ask: (about: string) => Promise<Result<T, Problem>>,
  about = '',
): Asked<T> => {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let wanted = true;
    void ask(about).then(answer => {
      if (!wanted) return;
      if (answer.ok) setValue(answer.value);
      setProblem(answer.ok ? null : answer.fault);
    });
    return () => {
      wanted = false;
    };
  }, [ask, about, times]);
  const again = useCallback(() => setTimes(count => count + 1), []);
  return { value, problem, again };
};

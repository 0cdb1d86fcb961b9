import { useCallback, useEffect, useState } from 'react';

const SHOWN_MS = 6_000;

/** A sentence that is there for a while; said again, it stays longer. */
export const useSaid = (): { readonly said: string; readonly say: (sentence: string) => void } => {
  const [saying, set] = useState({ said: '' });
  useEffect(() => {
    if (saying.said === '') return undefined;
    const timer = window.setTimeout(() => set({ said: '' }), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [saying]);
  const say = useCallback((said: string) => set({ said }), []);
  return { said: saying.said, say };
};

import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Place } from '../route/address.ts';
import { useLab } from './lab-context.tsx';

interface Activity {
  readonly doing: string | null;
  readonly set: (doing: string | null) => void;
}

const ActivityContext = createContext<Activity>({ doing: null, set: () => undefined });

export const ActivityProvider = ({ children }: { children: ReactNode }) => {
  const [doing, set] = useState<string | null>(null);
  const value = useMemo(() => ({ doing, set }), [doing]);
  return <ActivityContext value={value}>{children}</ActivityContext>;
};

/** Tells the others what one is in the middle of, "in New Virtual Machine, page 4 of 7", while it is open. */
export const useActivity = (doing: string): void => {
  const { set } = useContext(ActivityContext);
  useEffect(() => {
    set(doing);
    return () => set(null);
  }, [set, doing]);
};

/** Tells the others what one looks at. */
export const usePresence = ({ tab, on }: Place): void => {
  const { link } = useLab();
  const { doing } = useContext(ActivityContext);
  useEffect(() => {
    link.show({ view: tab, selection: on, typing: doing });
  }, [link, tab, on, doing]);
};

import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { must } from '../../server/base/assert.ts';

export interface NewNotice {
  readonly intent: 'error' | 'info';
  readonly title: string;
  readonly message: string;
  /** What one can do now. */
  readonly advice: string | null;
  readonly code: string | null;
}

export interface Notice extends NewNotice {
  readonly id: number;
}

interface Notices {
  readonly list: readonly Notice[];
  readonly notify: (notice: NewNotice) => void;
  readonly dismiss: (id: number) => void;
}

const NoticesContext = createContext<Notices | null>(null);

/** More than this many at once would cover what they are about. */
const SHOWN = 3;

let lastId = 0;

export const NoticesProvider = ({ children }: { children: ReactNode }) => {
  const [list, setList] = useState<readonly Notice[]>([]);
  const notify = useCallback((notice: NewNotice) => {
    lastId += 1;
    const made = { ...notice, id: lastId };
    setList(before => [...before.slice(1 - SHOWN), made]);
  }, []);
  const dismiss = useCallback((id: number) => {
    setList(before => before.filter(notice => notice.id !== id));
  }, []);
  const value = useMemo(() => ({ list, notify, dismiss }), [list, notify, dismiss]);
  return <NoticesContext value={value}>{children}</NoticesContext>;
};

const useNoticesContext = (): Notices =>
  must(useContext(NoticesContext), 'the page provides notices');

export const useNotices = (): Pick<Notices, 'list' | 'dismiss'> => useNoticesContext();

export const useNotify = (): Notices['notify'] => useNoticesContext().notify;

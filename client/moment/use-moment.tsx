import type { ReactNode } from 'react';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Id, VmId } from '../../server/protocol/id.ts';
import type { Link } from '../link/port.ts';
import { LabProvider, useLab, useWatch } from '../state/lab-context.tsx';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { askPast, type When } from './ask-past.ts';
import { PastLink } from './past-link.ts';

// The moment being looked at stands in the address, so a link to it is the address itself. It is private:
// the lab goes on, and nobody else sees it.

/** One for each connection: the drawing and the inspector look at the same past. */
const pasts = new WeakMap<Link, PastLink>();

const pastOf = (live: Link, lab: string): PastLink => {
  if (live instanceof PastLink) return live;
  const known = pasts.get(live);
  if (known !== undefined) return known;
  const made = new PastLink(live, askPast(lab));
  pasts.set(live, made);
  return made;
};

export interface MomentLooked {
  /** Null is now. The time is null until the picture is here. */
  readonly past: { readonly turn: number; readonly at: number | null } | null;
  /** Why the picture of it cannot be had. */
  readonly problem: string | null;
  /** Goes there; a time becomes its turn, which the server knows. */
  readonly look: (when: When) => void;
  readonly backToNow: () => void;
}

export const useMoment = (): MomentLooked => {
  const { lab, turn } = usePlace();
  const move = useMove();
  const { link } = useLab();
  const past = pastOf(link, lab);
  const shown = useSyncExternalStore(
    useCallback(listener => past.listen(listener), [past]),
    () => past.moment,
  );
  const problem = useSyncExternalStore(
    useCallback(listener => past.listen(listener), [past]),
    () => past.problem,
  );
  const look = useCallback(
    (when: When) => {
      // Going back in the browser leaves the past; it does not walk through every moment of it.
      const how = turn === null ? 'push' : 'replace';
      if ('turn' in when) return move({ turn: when.turn }, how);
      void past.seek(when.at).then(found => {
        if (found !== null) move({ turn: found }, how);
      });
    },
    [move, past, turn],
  );
  const backToNow = useCallback(() => move({ turn: null }), [move]);
  return useMemo(() => {
    const at = shown?.turn === turn ? shown.at : null;
    return {
      past: turn === null ? null : { turn, at },
      problem: turn === null ? null : problem,
      look,
      backToNow,
    };
  }, [turn, shown, problem, look, backToNow]);
};

/** Shows what is inside as it was at the moment looked at: every hook reads the past there. */
export const InMoment = ({ children }: { children: ReactNode }) => {
  const { lab, turn } = usePlace();
  const { link } = useLab();
  const past = pastOf(link, lab);
  const { host, vm } = useSelection();
  const open = useCallback(() => past, [past]);
  useEffect(() => {
    if (turn !== null) past.goTo(turn);
  }, [past, turn]);
  if (turn === null) return children;
  return (
    <LabProvider open={open}>
      <Watched host={host?.id ?? null} vm={vm?.id ?? null} />
      {children}
    </LabProvider>
  );
};

/**
 * The scopes of what is chosen, in the past. What is there now is asked for at once, together with the lab;
 * what is not there any more is known once the lab of that moment is here.
 */
const Watched = (now: { readonly host: Id<'host'> | null; readonly vm: VmId | null }) => {
  const then = useSelection();
  useWatch('lab');
  useWatch(now.host ?? then.host?.id ?? null);
  useWatch(now.vm ?? then.vm?.id ?? null);
  return null;
};

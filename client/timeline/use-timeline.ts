import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { actionText, actorOf, refusalOf } from '../facts/action-text.ts';
import { findFact } from '../inspector/cause-chain.ts';
import { useFindFact } from '../inspector/use-fact.ts';
import { readFacts } from '../rest/request.ts';
import { useFacts, useNameOf, useRecords } from '../state/lab-context.tsx';
import { GoneNames } from '../state/gone-names.ts';
import { useSomebody } from '../state/known-people.ts';
import { usePlace, useSelection } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import { type Arrow, arrowsOf } from './arrows.ts';
import { History } from './history.ts';
import { slicesOf } from './slices.ts';
import { type Track, trackOf, tracksOf } from './tracks.ts';

export interface Timeline {
  readonly history: History;
  /** What is drawn, oldest first: the facts of the scope and what people did. */
  readonly facts: readonly Fact[];
  readonly tracks: readonly Track[];
  readonly arrows: readonly Arrow[];
  readonly chosen: Fact | null;
  readonly chosenJob: string | null;
  readonly trackIndex: (fact: Fact) => number;
  readonly textOf: (fact: Fact) => string;
  readonly loadOlder: () => void;
}

/** Facts of what is chosen as lines of a drawing. */
export const useTimeline = (): Timeline => {
  const { lab, inspect } = usePlace();
  const { scope, vm, host } = useSelection();
  const told = useToldFacts();
  const history = useMemo(
    () => new History(asked => readFacts(lab, { scope, ...asked })),
    [lab, scope],
  );
  const held = useFacts(scope);
  useEffect(() => {
    if (history.take(held)) told.clear();
  }, [history, held, told]);
  const version = useSyncExternalStore(history.listen, () => history.version);
  const ofLab = useFacts('lab');
  const facts = useMemo(
    () => (version < 0 ? [] : withActions(history.facts, ofLab)),
    [history, version, ofLab],
  );
  const nameOf = useNameOfAll(facts);
  const all = useRecords('job');
  const jobs = useMemo(
    () => all.filter(job => (vm ? job.vm === vm.id : host ? job.host === host.id : true)),
    [all, vm, host],
  );
  const names = useMemo(() => ({ nameOf, only: vm?.id ?? null }), [nameOf, vm?.id]);
  const tracks = useMemo(() => tracksOf(facts, slicesOf(facts, jobs), names), [facts, jobs, names]);
  const rows = useMemo(() => new Map(tracks.map(({ id }, index) => [id, index])), [tracks]);
  const trackIndex = useCallback(
    (fact: Fact) => rows.get(trackOf(fact, names)) ?? 0,
    [rows, names],
  );
  const find = useFindFact();
  const chosen = useMemo(() => {
    const n = inspect?.startsWith('fact:') ? Number(inspect.slice('fact:'.length)) : null;
    return n === null ? null : (findFact(facts, n) ?? find(n) ?? null);
  }, [inspect, facts, find]);
  const arrows = useMemo(
    () => (chosen === null ? [] : arrowsOf(chosen, facts, n => findFact(facts, n) ?? find(n))),
    [chosen, facts, find],
  );
  const chosenJob = inspect?.startsWith('job:') ? inspect : null;
  const textOf = useTextOf(nameOf);
  const loadOlder = useCallback(() => {
    void history.loadOlder().then(() => told.put(history.facts.slice(0, 2_000)));
  }, [history, told]);
  return { history, facts, tracks, arrows, chosen, chosenJob, trackIndex, textOf, loadOlder };
};

/** What was read from further back tells of the end of more machines. */
const useNameOfAll = (facts: readonly Fact[]): ((id: string) => string | null) => {
  const nameOf = useNameOf();
  const names = useMemo(() => new GoneNames(), []);
  const gone = names.of(facts);
  return useCallback(id => nameOf(id) ?? gone.get(id) ?? null, [nameOf, gone]);
};

const useTextOf = (nameOf: (id: string) => string | null): ((fact: Fact) => string) => {
  const somebody = useSomebody();
  return useCallback(
    fact => {
      if (fact.kind !== 'action' || refusalOf(fact) !== null) return fact.summary;
      const id = actorOf(fact);
      const actor = id === null ? '' : `${somebody(id)?.name ?? 'Somebody'}: `;
      return `${actor}${actionText(fact, nameOf)}`;
    },
    [somebody, nameOf],
  );
};

/** What people did stands in the facts of the lab only. */
const withActions = (facts: readonly Fact[], ofLab: readonly Fact[]): readonly Fact[] => {
  const known = new Set(facts.filter(({ kind }) => kind === 'action').map(({ n }) => n));
  const missing = ofLab.filter(({ kind, n }) => kind === 'action' && !known.has(n));
  if (missing.length === 0) return facts;
  return [...facts, ...missing].toSorted((a, b) => a.n - b.n);
};

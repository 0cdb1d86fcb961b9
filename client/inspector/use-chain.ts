import { useEffect, useMemo, useRef } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { readFacts } from '../rest/request.ts';
import { usePlace, useSelection } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import { type Chain, chainOf } from './cause-chain.ts';
import { useFindFact } from './use-fact.ts';

/** Facts before the one that is missing come with it: the chain goes on there. */
const PAGE = 200;

/** The chain of causes; what this page was never sent is asked for, once for each missing cause. */
export const useChain = (fact: Fact): Chain => {
  const { lab } = usePlace();
  const { host } = useSelection();
  const find = useFindFact();
  const told = useToldFacts();
  const chain = useMemo(() => chainOf(fact, find), [fact, find]);
  const missing = chain.whole ? null : (chain.facts[0]?.cause ?? null);
  const scope: Scope = fact.host ?? host?.id ?? 'lab';
  const asked = useRef(new Set<number>());
  useEffect(() => {
    if (missing === null || asked.current.has(missing)) return;
    asked.current.add(missing);
    void before(lab, scope, missing).then(facts => told.put(facts));
  }, [lab, scope, missing, told]);
  return chain;
};

/** What a person did stands in the lab's facts, all else in those of its host. */
const before = async (lab: string, scope: Scope, n: number): Promise<readonly Fact[]> => {
  const scopes: readonly Scope[] = scope === 'lab' ? ['lab'] : [scope, 'lab'];
  for (const one of scopes) {
    const page = await readFacts(lab, { scope: one, before: n + 1, limit: PAGE });
    if (page.ok && page.value.facts.at(-1)?.n === n) return page.value.facts;
  }
  return [];
};

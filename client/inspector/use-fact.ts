import { useCallback } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { useFacts } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';
import { useFindTold } from '../state/told-facts.ts';
import { findFact } from './cause-chain.ts';

/** Looks in everything this page holds: what a person did stands in the lab's facts only. */
export const useFindFact = (): ((n: number) => Fact | undefined) => {
  const { host, vm } = useSelection();
  const hostScope: Scope = host?.id ?? 'lab';
  const vmScope: Scope = vm?.id ?? 'lab';
  const ofLab = useFacts('lab');
  const ofHost = useFacts(hostScope);
  const ofVm = useFacts(vmScope);
  const told = useFindTold();
  return useCallback(
    n => findFact(ofVm, n) ?? findFact(ofHost, n) ?? findFact(ofLab, n) ?? told(n),
    [ofVm, ofHost, ofLab, told],
  );
};

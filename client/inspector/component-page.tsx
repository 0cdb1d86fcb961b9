import type { Component } from '../../server/protocol/fact.ts';
import { COMPONENTS, type Site } from '../facts/components.ts';
import { useFacts } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';
import css from './inspector.module.css';
import { LAST, LastFacts } from './last-facts.tsx';
import { InspectorPage, Part } from './page.tsx';
import { OF_COMPONENT } from './rules-of.ts';
import { RulesPart } from './rules-part.tsx';

const SITES: Readonly<Record<Site, string>> = {
  'parent-user': 'parent partition, user mode',
  'parent-kernel': 'parent partition, kernel mode',
  hypervisor: 'under every partition',
  child: 'child partition',
  hardware: 'the physical server',
  outside: 'outside the lab',
};

/** A part of the stack that is code and no record: what it is, and what it did last. */
export const ComponentPage = ({ component }: { component: Component }) => {
  const { name, binary, site, about } = COMPONENTS[component];
  const { scope } = useSelection();
  const facts = useFacts(scope);
  const last = facts
    .filter(({ from, to }) => from === component || to === component)
    .slice(-LAST)
    .toReversed();
  return (
    <InspectorPage kind="COMPONENT" title={binary === '' ? name : `${name} (${binary})`}>
      <Part>
        <p className={css['about']}>{about}</p>
        <p className={css['about']} style={{ marginTop: 6 }}>
          Runs in: {SITES[site]}.
        </p>
      </Part>
      <LastFacts facts={last} title="What it did last" />
      <RulesPart ids={OF_COMPONENT[component]} />
    </InspectorPage>
  );
};

import type { Fact, FactKind } from '../../server/protocol/fact.ts';

/** Groups of kinds a person looks for. */
export const FACT_GROUPS = {
  all: { name: 'All', kinds: null },
  steps: { name: 'Steps', kinds: ['action', 'step', 'state', 'process', 'fault'] },
  hypercalls: { name: 'Hypercalls', kinds: ['hypercall', 'intercept'] },
  vmbus: { name: 'VMBus', kinds: ['vmbus', 'packet'] },
  guest: { name: 'Guest', kinds: ['guest'] },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly kinds: readonly FactKind[] | null }>
>;

export type FactGroup = keyof typeof FACT_GROUPS;

export const factsOf = (facts: readonly Fact[], group: FactGroup): readonly Fact[] => {
  const kinds: readonly FactKind[] | null = FACT_GROUPS[group].kinds;
  return kinds === null ? facts : facts.filter(({ kind }) => kinds.includes(kind));
};

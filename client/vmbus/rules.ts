import { compileFilter, type Wanted } from './filter/compile.ts';
import { parseFilter } from './filter/parse.ts';
import type { MessageTable } from './message-table.ts';

/** As Wireshark's colouring rules: each is a display filter, and the first that fits colours the line. */
export interface ColourRule {
  readonly name: string;
  readonly filter: string;
  readonly colour: 'bad' | 'hypercall' | 'synthetic' | 'brand' | 'quiet';
}

export const COLOUR_RULES: readonly ColourRule[] = [
  {
    name: 'Something ends',
    filter:
      'type contains Rescind || type contains Close || type contains Unload || type contains Teardown || type contains Torndown || type contains Released',
    colour: 'bad',
  },
  {
    name: 'Contact and version',
    filter: 'type == InitiateContact || type == VersionResponse',
    colour: 'hypercall',
  },
  { name: 'Offers', filter: 'type contains Offer', colour: 'synthetic' },
  {
    name: 'Opening a channel',
    filter: 'type contains Gpadl || type contains Open',
    colour: 'brand',
  },
  { name: 'Packets in a ring', filter: 'kind == packet', colour: 'quiet' },
];

interface Compiled extends ColourRule {
  readonly wanted: Wanted;
}

const compiled = (): readonly Compiled[] =>
  COLOUR_RULES.flatMap(rule => {
    const parsed = parseFilter(rule.filter);
    return parsed.ok ? [{ ...rule, wanted: compileFilter(parsed.filter) }] : [];
  });

let rules: readonly Compiled[] | null = null;

export const ruleOf = (table: MessageTable, place: number): ColourRule | null => {
  rules ??= compiled();
  return rules.find(({ wanted }) => wanted(table, place)) ?? null;
};

import { fail, ok, type Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Gauges, WireRecord } from '../../server/protocol/wire/down.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { readFacts, viewPast } from '../rest/request.ts';

/** A scope as it was. */
export interface PastScope {
  readonly scope: Scope;
  readonly records: readonly WireRecord[];
  readonly counters?: Gauges['values'];
  /** The last ones up to that moment, oldest first. */
  readonly facts: readonly Fact[];
}

/** A moment of the past, and what was asked for of it. */
export interface PastPicture {
  readonly turn: number;
  readonly at: SimTime;
  readonly scopes: readonly PastScope[];
}

export type When = { readonly turn: number } | { readonly at: number };

/** At least one scope. */
export type AskPast = (
  scopes: readonly Scope[],
  when: When,
) => Promise<Result<PastPicture, string>>;

const FACTS_WITH_IT = 500;

/** Asks the server; it replays the lab up to that moment, once for all scopes, so this may take a second. */
export const askPast =
  (lab: string): AskPast =>
  async ([first = 'lab', ...others], when) => {
    const view = await viewPast(lab, first, when, others);
    if (!view.ok) return fail(`${view.fault.message} ${view.fault.next}`);
    const { turn, at, records, counters, also } = view.value;
    const scopes = [{ scope: first, records, counters }, ...also].map(async one => {
      const facts = await readFacts(lab, { scope: one.scope, turn, limit: FACTS_WITH_IT });
      // A picture without its facts is still the picture.
      return { ...one, facts: facts.ok ? facts.value.facts : [] };
    });
    return ok({ turn, at, scopes: await Promise.all(scopes) });
  };

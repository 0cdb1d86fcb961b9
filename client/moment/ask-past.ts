import { fail, ok, type Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Gauges, WireRecord } from '../../server/protocol/wire/down.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { readFacts, viewPast } from '../rest/request.ts';

/** A scope as it was. */
export interface PastPicture {
  readonly turn: number;
  readonly at: SimTime;
  readonly records: readonly WireRecord[];
  readonly counters?: Gauges['values'];
  /** The last ones up to that moment, oldest first. */
  readonly facts: readonly Fact[];
}

export type When = { readonly turn: number } | { readonly at: number };

export type AskPast = (scope: Scope, when: When) => Promise<Result<PastPicture, string>>;

const FACTS_WITH_IT = 500;

/** Asks the server; it replays the lab up to that moment, so this may take a second. */
export const askPast =
  (lab: string): AskPast =>
  async (scope, when) => {
    const view = await viewPast(lab, scope, when);
    if (!view.ok) return fail(`${view.fault.message} ${view.fault.next}`);
    const { turn, at, records, counters } = view.value;
    const facts = await readFacts(lab, { scope, turn, limit: FACTS_WITH_IT });
    // A picture without its facts is still the picture.
    return ok({ turn, at, records, counters, facts: facts.ok ? facts.value.facts : [] });
  };

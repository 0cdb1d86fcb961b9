import type { Fact } from '../protocol/fact.ts';
import { kindOf } from '../protocol/id.ts';
import { FACTS_IN_A_PICTURE } from '../protocol/wire/limit.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { LiveLab } from './live-lab.ts';
import { canResume, factsIn, picture, resume } from './picture.ts';
import type { FromLab, LabStore } from './port.ts';
import type { ScopeGroup, Watch } from './scope-group.ts';

/** Facts a client that was away is told at most; a longer absence is told by a picture. */
const FACTS_IN_A_RESUME = 5_000;

export function scopeExists(live: LiveLab, scope: Scope): boolean {
  const { records } = live.machine.world;
  return scope === 'lab' || records.row(kindOf(scope) as 'host' | 'vm', scope) !== undefined;
}

/** Facts that are only in the database by now, read before the moment the picture is made. */
export async function storedFacts(
  live: LiveLab,
  store: LabStore,
  watch: Watch,
): Promise<readonly Fact[]> {
  const { recentFrom } = live.broadcast;
  const from = watch.from !== null && canResume(sight(live), watch.from) ? watch.from.turn : 0;
  if (from >= recentFrom) return [];
  const limit = watch.from === null ? FACTS_IN_A_PICTURE : FACTS_IN_A_RESUME;
  const { scope, audience } = watch;
  const { branch } = live.opened;
  return store.facts({ branch, scope, audience, afterTurn: from, upToTurn: recentFrom, limit });
}

/**
 * The watcher joins and gets, of this very turn, what it missed or a picture. `stored` was read for
 * facts up to a turn that was then the oldest in memory; facts after it that have left memory since
 * would be a gap, so then the caller reads again (null).
 */
export function begin(
  live: LiveLab,
  watch: Watch,
  stored: readonly Fact[],
  storedUpTo: number,
): FromLab | null {
  const { broadcast } = live;
  const at = sight(live);
  const { from } = watch;
  const resumes = from !== null && canResume(at, from);
  const needed = resumes ? from.turn : 0;
  if (needed < broadcast.recentFrom && storedUpTo < broadcast.recentFrom) return null;
  const group = broadcast.join(at.world, watch);
  const facts = [...stored, ...factsIn(broadcast.recent, group, Math.max(needed, storedUpTo))];
  const whole = !resumes || facts.length > FACTS_IN_A_RESUME;
  const frames = whole
    ? picture(at, group, facts.slice(-FACTS_IN_A_PICTURE))
    : resume(at, group, from.turn, facts);
  const { connection, watcher } = watch;
  return { t: 'begin', lab: live.lab, connection, watcher, turn: at.world.turn, frames };
}

/** What of the database somebody at a position needs, after the lab was loaded again; null: nothing. */
export function storedSince(
  live: LiveLab,
  from: { readonly lineage: number; readonly turn: number },
): { readonly afterTurn: number; readonly upToTurn: number; readonly limit: number } | null {
  const upToTurn = live.broadcast.recentFrom;
  // A picture begins with the facts before it, of the history that is the lab's own now.
  if (!canResume(sight(live), from)) return { afterTurn: 0, upToTurn, limit: FACTS_IN_A_PICTURE };
  const afterTurn = from.turn;
  return afterTurn < upToTurn ? { afterTurn, upToTurn, limit: FACTS_IN_A_RESUME } : null;
}

/**
 * After a lab was loaded again, its watchers go on where they were: one packet per group of all that
 * happened after the last that left. Groups that cannot be told any more get a picture.
 */
export function carryOver(
  { old, lineage }: { readonly old: ScopeGroup; readonly lineage: number },
  live: LiveLab,
  stored: readonly Fact[],
): FromLab[] {
  const at = sight(live);
  let group: ScopeGroup | null = null;
  for (const { watch, begun } of old.watchers.values()) {
    if (begun) group = live.broadcast.join(at.world, watch, true);
  }
  if (group === null) return [];
  const { scope, audience } = group;
  const resumes = canResume(at, { lineage, turn: old.leftTo });
  const known = resumes ? old.leftTo : 0;
  const facts = [
    ...stored,
    ...factsIn(live.broadcast.recent, group, Math.max(known, live.broadcast.recentFrom)),
  ];
  const frames = resumes
    ? resume(at, group, old.leftTo, facts)
    : picture(at, group, facts.slice(-FACTS_IN_A_PICTURE));
  return frames.map(bytes => ({
    t: 'frame',
    lab: live.lab,
    scope,
    audience,
    class: 'state',
    to: at.world.turn,
    bytes,
  }));
}

function sight(live: LiveLab): {
  readonly lineage: number;
  readonly world: LiveLab['machine']['world'];
} {
  return { lineage: live.opened.lineage, world: live.machine.world };
}

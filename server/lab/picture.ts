import type { Fact } from '../protocol/fact.ts';
import { kindOf } from '../protocol/id.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import { factInScope } from '../protocol/scoping.ts';
import type { WireRecord } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { World } from '../sim/engine/world.ts';
import { encode } from './encode.ts';
import type { ScopeGroup } from './scope-group.ts';
import { isIn, rowsOf } from './scope-group.ts';

/** Records a part of a picture holds at most, so that no frame grows without bound. */
const RECORDS_A_PART = 500;

/** Facts a picture brings along. */
export const FACTS_IN_A_PICTURE = 500;

export interface At {
  readonly lineage: number;
  readonly world: World;
}

/** Everything of a scope, in parts that a client applies as one. */
export function picture(at: At, group: ScopeGroup, facts: readonly Fact[]): Uint8Array[] {
  const { world, lineage } = at;
  const records: WireRecord[] = [];
  for (const row of rowsOf(world, group.scope, group.audience)) {
    const values = group.values(row);
    if (values !== null) records.push([row.id, row.rev, row.cause, values]);
  }
  const parts: WireRecord[][] = [];
  for (let i = 0; i < records.length; i += RECORDS_A_PART) {
    parts.push(records.slice(i, i + RECORDS_A_PART));
  }
  if (parts.length === 0) parts.push([]);
  return parts.map((part, index) => {
    const last = index === parts.length - 1;
    return encode({
      t: 'picture',
      scope: group.scope,
      lineage,
      turn: world.turn,
      at: world.now,
      part: index,
      last,
      records: part,
      facts: last ? facts : [],
    });
  });
}

/** Whether what happened after a turn can still be told, or only a picture helps. */
export function canResume(
  at: At,
  from: { readonly lineage: number; readonly turn: number },
): boolean {
  return (
    from.lineage === at.lineage &&
    from.turn <= at.world.turn &&
    from.turn >= at.world.tombstoneFloor
  );
}

/** What happened in a scope after a turn: records whose rev is later, removals, facts. */
export function resume(
  at: At,
  group: ScopeGroup,
  from: number,
  facts: readonly Fact[],
): Uint8Array {
  const { world, lineage } = at;
  const put: WireRecord[] = [];
  for (const row of rowsOf(world, group.scope, group.audience)) {
    if (row.rev <= from) continue;
    const values = group.values(row);
    if (values !== null) put.push([row.id, row.rev, row.cause, values]);
  }
  const gone = new Set<string>();
  for (const tombstone of world.tombstones) {
    if (tombstone.turn <= from || !wasIn(tombstone, group.scope)) continue;
    const row = world.records.row(kindOf(tombstone.id) as RecordKind, tombstone.id);
    if (row === undefined || !isIn(row, group.scope)) gone.add(tombstone.id);
  }
  return encode({
    t: 'packet',
    scope: group.scope,
    lineage,
    from: from + 1,
    to: world.turn,
    at: world.now,
    put,
    gone: [...gone],
    facts,
  });
}

export function wasIn(
  tombstone: { readonly id: string; readonly host: string | null; readonly vm: string | null },
  scope: Scope,
): boolean {
  return (
    scope === 'lab' || tombstone.host === scope || tombstone.vm === scope || tombstone.id === scope
  );
}

export function factsIn(facts: readonly Fact[], group: ScopeGroup, after: number): Fact[] {
  return facts.filter(fact => fact.turn > after && factInScope(fact, group.scope, group.audience));
}

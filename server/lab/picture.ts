import type { Fact } from '../protocol/fact.ts';
import { kindOf } from '../protocol/id.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import { factInScope } from '../protocol/scoping.ts';
import type { WireRecord } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { World } from '../sim/engine/world.ts';
import type { ScopeGroup } from './scope-group.ts';
import { isIn, rowsOf } from './scope-group.ts';

/**
 * Characters of a message at most, as far as what is in it can be parted: somebody who reads slowly is
 * given part after part, and what others are told comes in between.
 */
const PART_LENGTH = 256 * 1024;

export interface At {
  readonly lineage: number;
  readonly world: World;
}

/** Everything of a scope, in parts that a client applies as one. */
export function picture(at: At, group: ScopeGroup, facts: readonly Fact[]): Uint8Array[] {
  const { world, lineage } = at;
  const parts: Part[] = [{ records: [], facts: [], length: 0 }];
  const part = (length: number): Part => {
    let last = parts.at(-1) as Part;
    if (last.length > 0 && last.length + length > PART_LENGTH) {
      last = { records: [], facts: [], length: 0 };
      parts.push(last);
    }
    last.length += length;
    return last;
  };
  for (const row of rowsOf(world, group.scope, group.audience)) {
    const values = group.values(row);
    if (values === null) continue;
    const record: WireRecord = [row.id, row.rev, row.cause, values];
    const text = JSON.stringify(record);
    part(text.length).records.push(text);
  }
  for (const fact of facts) {
    const text = JSON.stringify(fact);
    part(text.length).facts.push(text);
  }
  const { scope } = group;
  return parts.map((each, index) => {
    const last = index === parts.length - 1;
    const { turn, now } = world;
    const head = { t: 'picture', scope, lineage, turn, at: now, part: index, last };
    return encodeLists(head, { records: each.records, facts: each.facts });
  });
}

interface Part {
  readonly records: string[];
  readonly facts: string[];
  length: number;
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

/** Turns of a scope, as much of them as fits in one packet. */
interface Span {
  readonly put: string[];
  readonly gone: string[];
  readonly facts: string[];
  to: number;
  length: number;
}

interface Change {
  readonly turn: number;
  readonly in: 'put' | 'gone' | 'facts';
  readonly text: string;
}

/**
 * What happened in a scope after a turn, in packets that join: records whose rev is later, removals,
 * facts. Of a record only the last change is told, so whoever has some of the packets goes on from there.
 */
export function resume(
  at: At,
  group: ScopeGroup,
  from: number,
  facts: readonly Fact[],
): Uint8Array[] {
  const { world, lineage } = at;
  const { scope } = group;
  const spans = spansOf(changesAfter(world, group, from), facts);
  const last = spans.at(-1) as Span;
  last.to = world.turn;
  let told = from;
  return spans.map(({ put, gone, facts: happened, to }) => {
    const head = { t: 'packet', scope, lineage, from: told + 1, to, at: world.now };
    told = to;
    return encodeLists(head, { put, gone, facts: happened });
  });
}

/** Rows and removals after a turn, as texts. */
function changesAfter(world: World, group: ScopeGroup, from: number): Change[] {
  const changes: Change[] = [];
  for (const row of rowsOf(world, group.scope, group.audience)) {
    if (row.rev <= from) continue;
    const values = group.values(row);
    if (values === null) continue;
    const record: WireRecord = [row.id, row.rev, row.cause, values];
    changes.push({ turn: row.rev, in: 'put', text: JSON.stringify(record) });
  }
  const gone = new Map<string, number>();
  for (const tombstone of world.tombstones) {
    if (tombstone.turn <= from || !wasIn(tombstone, group.scope)) continue;
    const row = world.records.row(kindOf(tombstone.id) as RecordKind, tombstone.id);
    if (row === undefined || !isIn(row, group.scope)) gone.set(tombstone.id, tombstone.turn);
  }
  for (const [id, turn] of gone) changes.push({ turn, in: 'gone', text: JSON.stringify(id) });
  return changes;
}

/** A turn is never cut: a client is at its end or at the end of the one before. */
function spansOf(changes: Change[], facts: readonly Fact[]): Span[] {
  for (const fact of facts) {
    changes.push({ turn: fact.turn, in: 'facts', text: JSON.stringify(fact) });
  }
  // Facts of one turn stay in their order: the sort is stable.
  changes.sort((one, other) => one.turn - other.turn);
  const lengths = new Map<number, number>();
  for (const { turn, text } of changes) {
    lengths.set(turn, (lengths.get(turn) ?? 0) + text.length);
  }
  const spans: Span[] = [{ put: [], gone: [], facts: [], to: 0, length: 0 }];
  for (const { turn, in: where, text } of changes) {
    let span = spans.at(-1) as Span;
    const isFull = span.length + (lengths.get(turn) ?? 0) > PART_LENGTH;
    if (turn > span.to && span.length > 0 && isFull) {
      span = { put: [], gone: [], facts: [], to: 0, length: 0 };
      spans.push(span);
    }
    span[where].push(text);
    span.to = turn;
    span.length += text.length;
  }
  return spans;
}

/** A message of which the lists are texts already. */
function encodeLists(head: object, lists: { readonly [name: string]: readonly string[] }) {
  const opened = JSON.stringify(head).slice(0, -1);
  const rest = Object.entries(lists).map(([name, texts]) => `"${name}":[${texts.join(',')}]`);
  return ENCODER.encode(`${opened},${rest.join(',')}}`);
}

const ENCODER = new TextEncoder();

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

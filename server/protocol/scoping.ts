import type { Audience, Table } from './field.ts';
import type { Fact, FactKind } from './fact.ts';
import { kindOf } from './id.ts';
import { TABLES } from './record/index.ts';
import type { RecordKind } from './record/kind.ts';
import type { Scope } from './wire/scope.ts';

/** Which columns of a kind a scope carries to an audience; null when it carries none. */
export interface View {
  readonly kind: RecordKind;
  readonly columns: readonly string[];
  /** Bits of those columns, by position in the table. */
  readonly mask: number;
  /** Counters of the kind, sent as gauges to who asked. */
  readonly counters: readonly string[];
  readonly counterMask: number;
}

type ScopeKind = 'lab' | 'host' | 'vm';

function view(kind: RecordKind, scope: ScopeKind, audience: Audience): View | null {
  const table: Table = TABLES[kind];
  if (scope !== 'lab' && !table.scopes.includes(scope)) return null;
  const columns: string[] = [];
  const counters: string[] = [];
  let mask = 0;
  let counterMask = 0;
  Object.entries(table.fields).forEach(([name, field], position) => {
    if (field.audience === 'instructor' && audience !== 'instructor') return;
    if (field.class === 'state' && (scope !== 'lab' || field.list)) {
      columns.push(name);
      mask |= 1 << position;
    } else if (field.class === 'counter' && scope !== 'lab') {
      counters.push(name);
      counterMask |= 1 << position;
    }
  });
  if (columns.length === 0) return null;
  return { kind, columns, mask, counters, counterMask };
}

const VIEWS = new Map<string, View | null>();

export function viewOf(kind: RecordKind, scope: Scope, audience: Audience): View | null {
  const scopeKind = scope === 'lab' ? 'lab' : (kindOf(scope) as ScopeKind);
  const key = `${kind} ${scopeKind} ${audience}`;
  let found = VIEWS.get(key);
  if (found === undefined) {
    found = view(kind, scopeKind, audience);
    VIEWS.set(key, found);
  }
  return found;
}

/** The host and VM whose scopes a record is in; a host and a VM are in their own. */
export function placeOf(record: {
  readonly id: string;
  readonly host?: unknown;
  readonly vm?: unknown;
}): { readonly host: string | null; readonly vm: string | null } {
  const kind = kindOf(record.id);
  return {
    host: kind === 'host' ? record.id : typeof record.host === 'string' ? record.host : null,
    vm: kind === 'vm' ? record.id : typeof record.vm === 'string' ? record.vm : null,
  };
}

/** Facts that everyone's lists need; the rest belongs to a host or a VM. */
export const LAB_FACT_KINDS = [
  'action',
  'event',
  'process',
  'fault',
] as const satisfies readonly FactKind[];

const LAB_FACTS: ReadonlySet<FactKind> = new Set(LAB_FACT_KINDS);

export function factInScope(fact: Fact, scope: Scope, audience: Audience): boolean {
  if (fact.audience === 'instructor' && audience !== 'instructor') return false;
  if (scope === 'lab') return LAB_FACTS.has(fact.kind);
  return fact.host === scope || fact.vm === scope;
}

import type { BranchId, LabId } from '../protocol/id.ts';
import type { Trace } from '../protocol/fact.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import type { StoredRow } from '../sim/engine/image.ts';
import { headOf, storedRow } from '../sim/engine/image.ts';
import type { Machine } from '../sim/engine/machine.ts';
import { FOR_PROJECTION } from '../sim/engine/row.ts';
import type { Projection } from './port.ts';

/** Trace rows a lab may store in one projection, about a second's worth. */
const TRACE_ROWS = 50;

export interface Captured {
  readonly lab: LabId;
  readonly branch: BranchId;
  readonly lease: number;
  readonly seq: number;
  readonly seed: string;
}

/** Whether the rows in the database are behind the machine. */
export function isDirty(machine: Machine): boolean {
  const { world } = machine;
  return world.records.forProjection.length > 0 || world.factsForProjection.length > 0;
}

/**
 * Everything that changed since the last capture, copied in one go so that the machine may move on
 * while it is written. The caller writes it only once `seq` is committed.
 */
export function capture(machine: Machine, of: Captured): Projection {
  const { world } = machine;
  const upserts: { [kind: string]: StoredRow[] } = {};
  const deleted: { [kind: string]: string[] } = {};
  for (const row of world.records.forProjection) {
    row.dirty &= ~FOR_PROJECTION;
    const { kind } = row.shape;
    if (!row.gone) (upserts[kind] ??= []).push(storedRow(row));
    // A row of the same id that came after it is in `upserts`, and the deletion would undo it.
    else if (world.records.row(kind, row.id) === undefined) (deleted[kind] ??= []).push(row.id);
  }
  world.records.forProjection = [];
  const { added, ran } = world.agenda.drain();
  const projection: Projection = {
    lab: of.lab,
    branch: of.branch,
    lease: of.lease,
    head: headOf(world, of.seed),
    seq: of.seq,
    upserts: upserts as { readonly [K in RecordKind]?: readonly StoredRow[] },
    deleted: deleted as { readonly [K in RecordKind]?: readonly string[] },
    agendaAdded: added,
    agendaRan: ran,
    tombstones: world.tombstonesForProjection,
    facts: world.factsForProjection,
    marks: machine.marks,
    trace: takeTrace(machine),
  };
  world.tombstonesForProjection = [];
  world.factsForProjection = [];
  machine.marks = [];
  return projection;
}

/** As much of the sample as is kept. */
export function takeTrace({ world }: Machine): readonly Trace[] {
  const { tracesForProjection } = world;
  world.tracesForProjection = [];
  return tracesForProjection.slice(0, TRACE_ROWS);
}

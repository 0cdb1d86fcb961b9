import { expect } from 'vitest';
import type { Append, JournaledInput, Opened, Projection } from '../../server/lab/port.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import type { Image, StoredRow } from '../../server/sim/engine/image.ts';
import { inOrder } from './lab-store-data.ts';

/** One lab as a store owes it: what `open` must answer after any number of appends and projections. */
export interface LabModel {
  readonly promised: number;
  readonly inputs: readonly JournaledInput[];
  readonly image: Image | null;
  readonly imageSeq: number;
}

export const NEW_LAB: LabModel = { promised: 0, inputs: [], image: null, imageSeq: 0 };

export const appended = (lab: LabModel, { promised, inputs }: Append): LabModel => ({
  ...lab,
  promised: Math.max(lab.promised, promised),
  inputs: [...lab.inputs, ...inputs],
});

export const projected = (lab: LabModel, projection: Projection): LabModel => {
  const { head, seq, agendaAdded, agendaRan, tombstones } = projection;
  const records: { [kind: string]: readonly StoredRow[] } = { ...lab.image?.records };
  for (const [kind, ids] of Object.entries(projection.deleted))
    records[kind] = (records[kind] ?? []).filter(({ id }) => !ids.includes(id));
  for (const [kind, rows] of Object.entries(projection.upserts)) {
    const put = new Set(rows.map(({ id }) => id));
    records[kind] = [...(records[kind] ?? []).filter(({ id }) => !put.has(id)), ...rows];
  }
  const agenda = [...(lab.image?.agenda ?? []), ...agendaAdded]
    .filter(entry => !agendaRan.includes(entry.seq))
    .toSorted((a, b) => a.seq - b.seq);
  const buried = [...(lab.image?.tombstones ?? []), ...tombstones]
    .filter(({ turn }) => turn > head.tombstoneFloor)
    .toSorted((a, b) => a.turn - b.turn || (a.id < b.id ? -1 : 1));
  const image = { ...head, records, agenda, tombstones: buried };
  return { ...lab, image, imageSeq: seq, promised: Math.max(lab.promised, head.now) };
};

export const expectOpened = (opened: Opened, lab: LabModel): void => {
  expect({
    promised: opened.promised,
    imageSeq: opened.imageSeq,
    image: inOrder(opened.image),
    inputs: opened.inputs,
    commands: opened.commands,
  }).toEqual({
    promised: lab.promised,
    imageSeq: lab.imageSeq,
    image: inOrder(lab.image),
    inputs: lab.inputs.filter(({ seq }) => seq > lab.imageSeq),
    commands: lab.inputs.map(({ command }) => command),
  });
};

/** Ids of a lab's rows of a kind. */
export const idsOf = (lab: LabModel, kind: RecordKind): readonly string[] =>
  (lab.image?.records[kind] ?? []).map(({ id }) => id);

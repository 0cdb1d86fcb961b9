import type { Projection } from '../lab/port.ts';

export type Head = Projection['head'];

/** Where lab_clock keeps each part of the head of a lab's image. */
export const HEAD_COLUMNS = {
  seed: 'seed',
  turn: 'projected_turn',
  now: 'now',
  lastFact: 'last_fact',
  agendaSeq: 'agenda_seq',
  rolling: 'rolling',
  stateHash: 'state_hash',
  tombstoneFloor: 'tombstone_floor',
} as const satisfies { readonly [K in keyof Required<Head>]: string };

export const HEAD_FIELDS = Object.keys(HEAD_COLUMNS) as (keyof Head)[];

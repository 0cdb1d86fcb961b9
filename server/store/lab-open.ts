import { must } from '../base/assert.ts';
import type { JournaledInput, Keyframe, Opened } from '../lab/port.ts';
import type { BranchId, CommandId, LabId } from '../protocol/id.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import type { SimTime } from '../protocol/time.ts';
import { outcomeOf } from './failure.ts';
import { HEAD_COLUMNS, HEAD_FIELDS, type Head } from './head.ts';
import { startOf } from './kept.ts';
import { INPUTS_OF_LINE } from './line.ts';
import { literal, name, whole } from './literal.ts';
import { type ReadRow, RECORD_SQL, type StoredRow, toStoredRow } from './record-sql.ts';
import type { Session } from './session.ts';

type Image = NonNullable<Opened['image']>;

/**
 * What must hold for the session that opens labs. The lease is taken in the snapshot that the image
 * is read from; if somebody wrote between the two, Postgres refuses, and it is all done again.
 */
export const OPEN_SETTINGS = { default_transaction_isolation: 'repeatable read' };

interface Taken {
  readonly name: string;
  readonly file: string;
  readonly branch: BranchId;
  readonly lineage: number;
  readonly lease: number;
  readonly promised: SimTime;
  readonly simulation: number;
  readonly shared: number;
  readonly imageSeq: number | null;
  readonly journaledSeq: number;
  readonly keptTurn: number;
}

/** Who opens: `term` rises with every server that owned this database. */
export interface Owner {
  readonly name: string;
  readonly term: number;
  /** The version of the simulation that a lab is founded with. */
  readonly simulation: number;
}

/** Takes the lease, which fences whoever had it, and reads everything, in one transaction. */
export const openLab = async (
  session: Session,
  lab: LabId,
  owner: Owner,
): Promise<Opened | 'moved' | null> => {
  try {
    return await open(session, lab, owner);
  } catch (error) {
    throw outcomeOf('took a lab over', error);
  }
};

const open = async (
  session: Session,
  lab: LabId,
  owner: Owner,
): Promise<Opened | 'moved' | null> => {
  const id = literal(lab);
  const branch = `(select branch from lab_clock where lab = ${id})`;
  const [, taken, start, later, inputs, commands, agenda, tombstones, ...records] =
    await session.gather<object>([
      birth(id, owner.simulation),
      takeLease(id, owner),
      `with ${startOf(branch)} select * from start`,
      `select from lab_clock where lab = ${id} and term > ${whole(owner.term)}`,
      `with ${startOf(branch)} ${INPUTS_OF_LINE}
      where i.seq > coalesce((select projected_seq from lab_clock where lab = ${id}),
        (select seq from start), (select seq from segment_last), 0)
      order by i.seq`,
      // A command is taken once in the life of a lab, on whatever branch.
      `select coalesce(json_agg(i.command order by i.branch, i.seq), '[]') as commands
      from branch b join input i on i.branch = b.id where b.lab = ${id}`,
      `select due, seq, "to", message, cause from agenda where branch = ${branch} order by seq`,
      `select id, turn, host, vm from tombstone where branch = ${branch} order by turn, id`,
      ...RECORD_KINDS.map(kind => RECORD_SQL[kind].read(branch)),
    ]);
  const clock = taken?.[0] as (Taken & Head) | undefined;
  if (clock === undefined) return later?.length === 1 ? 'moved' : null;

  const { imageSeq, ...found } = clock;
  const [kept] = start as Keyframe[];
  const image: Image | null =
    imageSeq === null
      ? null
      : {
          ...headOf(clock),
          records: recordsOf(records as ReadRow[][]),
          agenda: agenda as Image['agenda'],
          tombstones: tombstones as Image['tombstones'],
        };
  const [{ commands: accepted }] = commands as [{ commands: CommandId[] }];
  return {
    lab,
    name: found.name,
    file: found.file,
    branch: found.branch,
    lineage: found.lineage,
    lease: found.lease,
    promised: found.promised,
    simulation: found.simulation,
    shared: found.shared,
    journaledSeq: found.journaledSeq,
    keptTurn: found.keptTurn,
    image,
    imageSeq: imageSeq ?? 0,
    start: kept === undefined ? null : { ...kept, bytes: new Uint8Array(kept.bytes) },
    inputs: inputs as JournaledInput[],
    commands: accepted,
  };
};

/** The first opening of a lab begins its first branch. */
const birth = (lab: string, simulation: number): string => `
  with born as (
    insert into branch (lab) select id from lab where id = ${lab} and archived_at is null
      and not exists (select from lab_clock where lab = ${lab})
    returning id, lab
  ),
  founded as (
    insert into segment (branch, turn, at, seq, simulation, newest_branch)
    select id, 0, 0, 0, ${whole(simulation)}, id from born
  )
  insert into lab_clock (lab, branch, lineage, lease, owner, term, promised, simulation, journaled_seq)
  select lab, id, 1, 0, '', 0, 0, ${whole(simulation)}, 0 from born returning lab`;

/**
 * `for update` waits for whoever writes under the old lease with no more than `for key share`
 * (consoles, keyframes); what the update itself locks would not.
 */
const takeLease = (lab: string, { name: owner, term }: Owner): string => `
  with mine as materialized (
    select c.lab from lab_clock c join lab l on l.id = c.lab
    where c.lab = ${lab} and l.archived_at is null and c.term <= ${whole(term)} for update of c
  )
  update lab_clock c set lease = c.lease + 1, owner = ${literal(owner)}, term = ${whole(term)}
  from mine m join lab l on l.id = m.lab where c.lab = m.lab
  returning l.name, l.file, c.branch, c.lineage, c.lease, c.promised, c.simulation,
    coalesce((select parent_turn from branch where id = c.branch), 0) as shared,
    coalesce((select max(turn) from keyframe k
      where k.branch = c.branch and k.simulation = c.simulation), 0) as "keptTurn",
    c.projected_seq as "imageSeq", c.journaled_seq as "journaledSeq",
    ${HEAD_FIELDS.map(field => `c.${name(HEAD_COLUMNS[field])} as ${name(field)}`).join(', ')}`;

const headOf = (clock: Head): Head => {
  const { seed, turn, now, lastFact, agendaSeq, rolling, stateHash, tombstoneFloor } = clock;
  return { seed, turn, now, lastFact, agendaSeq, rolling, stateHash, tombstoneFloor };
};

/** A kind without rows is not in an image. */
const recordsOf = (tables: readonly (readonly ReadRow[])[]): Image['records'] => {
  const records: { [kind: string]: StoredRow[] } = {};
  RECORD_KINDS.forEach((kind, index) => {
    const rows = must(tables[index], 'every kind was read');
    if (rows.length > 0) records[kind] = rows.map(toStoredRow);
  });
  return records;
};

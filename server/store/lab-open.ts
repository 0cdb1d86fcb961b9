import { must } from '../base/assert.ts';
import type { JournaledInput, Opened } from '../lab/port.ts';
import type { BranchId, CommandId, LabId } from '../protocol/id.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import type { SimTime } from '../protocol/time.ts';
import { outcomeOf } from './failure.ts';
import { HEAD_COLUMNS, HEAD_FIELDS, type Head } from './head.ts';
import { INPUTS_OF_LINE, lineOf } from './line.ts';
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
  readonly imageSeq: number | null;
}

/** Who opens: `term` rises with every server that owned this database. */
export interface Owner {
  readonly name: string;
  readonly term: number;
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
  const [, taken, later, inputs, commands, agenda, tombstones, ...records] =
    await session.gather<object>([
      birth(id),
      takeLease(id, owner),
      `select from lab_clock where lab = ${id} and term > ${whole(owner.term)}`,
      `with ${lineOf(branch)} ${INPUTS_OF_LINE}
      where i.seq > coalesce((select projected_seq from lab_clock where lab = ${id}), 0)
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
    image,
    imageSeq: imageSeq ?? 0,
    inputs: inputs as JournaledInput[],
    commands: accepted,
  };
};

/** The first opening of a lab begins its first branch. */
const birth = (lab: string): string => `
  with born as (
    insert into branch (lab) select id from lab where id = ${lab} and archived_at is null
      and not exists (select from lab_clock where lab = ${lab})
    returning id, lab
  )
  insert into lab_clock (lab, branch, lineage, lease, owner, term, promised, journaled_seq)
  select lab, id, 1, 0, '', 0, 0, 0 from born returning lab`;

const takeLease = (lab: string, { name: owner, term }: Owner): string => `
  update lab_clock c set lease = c.lease + 1, owner = ${literal(owner)}, term = ${whole(term)}
  from lab l where l.id = c.lab and c.lab = ${lab} and l.archived_at is null
    and c.term <= ${whole(term)}
  returning l.name, l.file, c.branch, c.lineage, c.lease, c.promised,
    c.projected_seq as "imageSeq",
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

import { and, asc, count, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { lab, membership } from '../../../db/course.ts';
import { person } from '../../../db/identity.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Labs, LabSummary, NewLab, Revocations } from '../../course/port.ts';
import { overQuota, type QuotaFault, type Quotas } from '../../course/quota.ts';
import type { LabId, PersonId } from '../../protocol/id.ts';
import type { Role } from '../../protocol/role.ts';
import { type Database, record, type Statements } from '../identity/database.ts';
import { randomName } from '../identity/token.ts';

export interface LabsOptions {
  readonly database: Database;
  readonly quotas: Quotas;
  readonly revocations: Revocations;
}

export const createLabs = ({ database, quotas, revocations }: LabsOptions): Labs => ({
  async roleIn(id, who) {
    const [found] = await summaries(database, who, eq(lab.id, id));
    return found?.role ?? null;
  },
  labsOf: who => summaries(database, who),
  async labFor(id, who) {
    const [found] = await summaries(database, who, eq(lab.id, id));
    return found ?? null;
  },
  async fileOf(id) {
    const [found] = await database.select({ file: lab.file }).from(lab).where(eq(lab.id, id));
    return found?.file ?? null;
  },
  create: made => database.transaction(at => create(at, made, quotas)),
  async archive(id, by) {
    const archived = await database.transaction(async at => {
      const rows = await at
        .update(lab)
        .set({ archivedAt: sql`now()` })
        .where(and(eq(lab.id, id), isNull(lab.archivedAt)))
        .returning({ id: lab.id });
      if (rows.length === 0) return false;
      await record(at, { action: 'LabArchived', person: by, subject: id });
      return true;
    });
    if (archived) revocations.tell({ type: 'LabArchived', lab: id });
    return archived;
  },
});

/** The labs a person has a role in, each with that role: the one place where this is decided. */
const summaries = async (
  at: Statements,
  who: PersonId,
  only?: SQL,
): Promise<readonly LabSummary[]> => {
  // Who made no membership is still the instructor of a lab that the house brought, with that role in the house.
  const ofTheHouse = and(isNull(lab.owner), eq(person.role, 'instructor'));
  const role = sql<Role>`coalesce(case when ${ofTheHouse} then 'instructor' end, ${membership.role})`;
  return at
    .select({ lab: lab.id, name: lab.name, owner: lab.owner, createdAt: lab.createdAt, role })
    .from(lab)
    .innerJoin(person, eq(person.id, who))
    .leftJoin(membership, and(eq(membership.lab, lab.id), eq(membership.person, who)))
    .where(and(isNull(lab.archivedAt), or(ofTheHouse, sql`${membership.role} is not null`), only))
    .orderBy(asc(lab.createdAt), asc(lab.id));
};

const create = async (
  at: Statements,
  { name, file, owner, lab: given }: NewLab,
  quotas: Quotas,
): Promise<Result<LabId, QuotaFault>> => {
  if (owner !== null) {
    // Held until the end, so that two creations at once count each other.
    await at.select({ id: person.id }).from(person).where(eq(person.id, owner)).for('update');
    const [have] = await at
      .select({ labs: count() })
      .from(lab)
      .where(and(eq(lab.owner, owner), isNull(lab.archivedAt)));
    const refused = overQuota(quotas, 'labsPerInstructor', (have?.labs ?? 0) + 1);
    if (refused !== null) return refused;
  }
  const id = given ?? newLabId(name);
  await at.insert(lab).values({ id, name, file, owner });
  if (owner !== null)
    await at.insert(membership).values({ lab: id, person: owner, role: 'instructor' });
  await record(at, { action: 'LabCreated', person: owner, subject: id, detail: { name } });
  return ok(id);
};

/** `lab:three-hosts-x7k2m9`: readable in an address bar and in SQL; who may enter does not hang on it. */
const newLabId = (name: string): LabId => {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/g, '');
  return `lab:${slug === '' ? '' : `${slug}-`}${randomName(6)}`;
};

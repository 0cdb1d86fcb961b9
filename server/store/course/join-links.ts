import { and, count, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { joinLink, lab, membership } from '../../../db/course.ts';
import { person } from '../../../db/identity.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { clientAddress } from '../../course/edge.ts';
import type {
  JoinLink,
  JoinLinks,
  LinkFault,
  NameRefusal,
  NewGuest,
  NewJoinLink,
  Viewer,
} from '../../course/port.ts';
import { overQuota, type QuotaFault, type Quotas } from '../../course/quota.ts';
import type { LabId, PersonId } from '../../protocol/id.ts';
import { record, type Statements } from '../identity/database.ts';
import type { Door } from '../identity/identity.ts';
import { hashOf, newToken, randomName } from '../identity/token.ts';
import { imitation } from './names.ts';

const columns = {
  link: joinLink.id,
  role: joinLink.role,
  createdBy: joinLink.createdBy,
  createdAt: joinLink.createdAt,
  expiresAt: joinLink.expiresAt,
  revokedAt: joinLink.revokedAt,
  uses: joinLink.uses,
};

const isOpen = and(
  isNull(joinLink.revokedAt),
  gt(joinLink.expiresAt, sql`now()`),
  isNull(lab.archivedAt),
);

export const createJoinLinks = (door: Door, quotas: Quotas): JoinLinks => {
  const { database } = door;
  return {
    create: made => database.transaction(at => create(at, made, quotas)),
    list: id =>
      database
        .select(columns)
        .from(joinLink)
        .where(eq(joinLink.lab, id))
        .orderBy(desc(joinLink.createdAt)),
    revoke: (id, link, by) => database.transaction(at => revoke(at, { lab: id, link, by })),
    async look(token) {
      const hash = hashOf(token);
      if (hash === null) return null;
      const [found] = await database
        .select({ lab: lab.id, name: lab.name, role: joinLink.role })
        .from(joinLink)
        .innerJoin(lab, eq(lab.id, joinLink.lab))
        .where(and(eq(joinLink.tokenHash, hash), isOpen));
      return found ?? null;
    },
    async join(token, who) {
      const hash = hashOf(token);
      if (hash === null) return fail({ kind: 'link' });
      const admitted = await database.transaction(at => admit(at, { hash, who, door, quotas }));
      if (!admitted.ok) return admitted;
      const entry = 'person' in who ? null : await door.enter(admitted.value.person, who.incoming);
      return ok({ lab: admitted.value.lab, entry });
    },
  };
};

/** Held until the end of the transaction, so that those who count the lab's people or links count each other. */
const holdLab = (at: Statements, id: LabId) =>
  at.select({ id: lab.id }).from(lab).where(eq(lab.id, id)).for('no key update');

const create = async (
  at: Statements,
  { lab: id, role, by, expiresAt }: NewJoinLink,
  quotas: Quotas,
): Promise<Result<JoinLink & { token: string }, QuotaFault>> => {
  await holdLab(at, id);
  const [have] = await at
    .select({ links: count() })
    .from(joinLink)
    .innerJoin(lab, eq(lab.id, joinLink.lab))
    .where(and(eq(joinLink.lab, id), isOpen));
  const refused = overQuota(quotas, 'linksPerLab', (have?.links ?? 0) + 1);
  if (refused !== null) return refused;

  const { token, hash } = newToken();
  const [made] = await at
    .insert(joinLink)
    .values({
      id: `link:${randomName(10)}`,
      tokenHash: hash,
      lab: id,
      role,
      createdBy: by,
      expiresAt,
    })
    .returning(columns);
  if (made === undefined) throw new Error('an inserted row is returned');
  await record(at, {
    action: 'JoinLinkMade',
    person: by,
    subject: id,
    detail: { link: made.link, role },
  });
  return ok({ ...made, token });
};

const revoke = async (
  at: Statements,
  { lab: id, link, by }: { lab: LabId; link: string; by: PersonId },
): Promise<boolean> => {
  const revoked = await at
    .update(joinLink)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(joinLink.id, link), eq(joinLink.lab, id), isNull(joinLink.revokedAt)))
    .returning({ id: joinLink.id });
  if (revoked.length === 0) return false;
  await record(at, { action: 'JoinLinkRevoked', person: by, subject: id, detail: { link } });
  return true;
};

interface Admission {
  readonly hash: string;
  readonly who: Viewer | NewGuest;
  readonly door: Door;
  readonly quotas: Quotas;
}

const admit = async (
  at: Statements,
  { hash, who, door, quotas }: Admission,
): Promise<Result<{ lab: LabId; person: PersonId }, LinkFault | QuotaFault | NameRefusal>> => {
  const [used] = await at
    .select({ link: joinLink.id, lab: joinLink.lab, role: joinLink.role })
    .from(joinLink)
    .innerJoin(lab, eq(lab.id, joinLink.lab))
    .where(and(eq(joinLink.tokenHash, hash), isOpen))
    .for('no key update');
  if (used === undefined) return fail({ kind: 'link' });

  const known = 'person' in who ? who.person : null;
  const before = known === null ? null : await roleOf(at, used.lab, known);
  if (before === null) {
    const [have] = await at
      .select({ people: count() })
      .from(membership)
      .where(eq(membership.lab, used.lab));
    const refused = overQuota(quotas, 'membersPerLab', (have?.people ?? 0) + 1);
    if (refused !== null) return refused;
    // The lab is held, so that of two strangers of one name one is the second.
    const imitated = await imitates(at, used.lab, who);
    if (imitated !== null) return imitated;
  }

  const id = 'person' in who ? who.person : await newGuest(at, who.name);
  await at
    .insert(membership)
    .values({ lab: used.lab, person: id, role: used.role })
    // Who is in already may be raised by a link, never lowered.
    .onConflictDoUpdate({
      target: [membership.lab, membership.person],
      set: { role: used.role },
      setWhere: sql`excluded.role = 'instructor'`,
    });
  await at
    .update(joinLink)
    .set({ uses: sql`${joinLink.uses} + 1` })
    .where(eq(joinLink.id, used.link));
  await record(at, {
    action: 'Joined',
    person: id,
    subject: used.lab,
    ...('person' in who ? {} : { address: clientAddress(who.incoming, door.edge) }),
    detail: { link: used.link, role: used.role },
  });
  return ok({ lab: used.lab, person: id });
};

/** Whoever has an account is who the house says. */
const imitates = async (at: Statements, id: LabId, who: Viewer | NewGuest) => {
  if ('person' in who && who.role === 'instructor') return null;
  return imitation(at, who.name, { labs: [id], not: 'person' in who ? who.person : null });
};

const roleOf = async (at: Statements, id: LabId, who: PersonId) => {
  const [found] = await at
    .select({ role: membership.role })
    .from(membership)
    .where(and(eq(membership.lab, id), eq(membership.person, who)));
  return found?.role ?? null;
};

const newGuest = async (at: Statements, name: string): Promise<PersonId> => {
  const id: PersonId = `person:${randomName(16)}`;
  await at.insert(person).values({ id, name, role: 'learner' });
  return id;
};

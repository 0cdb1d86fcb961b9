import { and, asc, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { lab, membership } from '../../../db/course.ts';
import { authAccount, person } from '../../../db/identity.ts';
import type { People, Revocations } from '../../course/port.ts';
import type { Role } from '../../protocol/role.ts';
import { type Database, record } from '../identity/database.ts';
import { isKnownIn, isOfTheHouse, membershipIn } from './names.ts';

export const createPeople = (database: Database, revocations: Revocations): People => ({
  list: id =>
    database
      .select({
        person: person.id,
        name: person.name,
        role: sql<Role | null>`coalesce(${membership.role}, case when ${isOfTheHouse(id)} then 'instructor' end)`,
        guest: sql<boolean>`${person.role} <> 'instructor' and not exists (
          select from ${authAccount} where ${authAccount.userId} = ${person.authUser})`,
        joinedAt: sql<Date>`coalesce(${membership.joinedAt}, ${person.createdAt})`.mapWith(
          membership.joinedAt,
        ),
      })
      .from(person)
      .leftJoin(membership, membershipIn(id))
      .where(isKnownIn(id))
      .orderBy(asc(membership.joinedAt), asc(person.id)),

  async remove(id, who, by) {
    const removed = await database.transaction(async at => {
      const [mayGo] = await at
        .select({ id: lab.id })
        .from(lab)
        .where(and(eq(lab.id, id), or(isNull(lab.owner), ne(lab.owner, who))));
      if (mayGo === undefined) return false;
      const gone = await at
        .delete(membership)
        .where(and(eq(membership.lab, id), eq(membership.person, who)))
        .returning({ person: membership.person });
      if (gone.length === 0) return false;
      await record(at, {
        action: 'PersonRemoved',
        person: by,
        subject: id,
        detail: { removed: who },
      });
      return true;
    });
    if (removed) revocations.tell({ type: 'MembershipEnded', lab: id, person: who });
    return removed;
  },
});

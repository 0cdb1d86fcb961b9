import { and, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { lab, membership } from '../../../db/course.ts';
import { audit, person } from '../../../db/identity.ts';
import { type Fail, fail } from '../../base/result.ts';
import type { NameRefusal } from '../../course/port.ts';
import type { LabId, PersonId } from '../../protocol/id.ts';
import { claimsTheHouse, likenessOf } from '../../protocol/likeness.ts';
import type { Statements } from '../identity/database.ts';

/** Whoever was removed stays behind what that person did. */
const wasLetIn = (id: LabId): SQL => sql`${person.id} in (
  select ${audit.person} from ${audit} where ${audit.subject} = ${id} and ${audit.action} = 'Joined')`;

/** A lab that the house brought has every instructor of the house, who joins nothing. */
export const isOfTheHouse = (id: LabId): SQL => sql`(${person.role} = 'instructor' and exists (
  select from ${lab} where ${lab.id} = ${id} and ${lab.owner} is null))`;

export const membershipIn = (id: LabId): SQL | undefined =>
  and(eq(membership.lab, id), eq(membership.person, person.id));

/** Everybody who may ever have done something in a lab; `membership` is joined by `membershipIn`. */
export const isKnownIn = (id: LabId): SQL | undefined =>
  or(isNotNull(membership.role), wasLetIn(id), isOfTheHouse(id));

/** The one rule for names of guests: no claim to be of the house, and nobody else's name in the lab. */
export const imitation = async (
  at: Statements,
  name: string,
  { labs, not }: { readonly labs: readonly LabId[]; readonly not: PersonId | null },
): Promise<Fail<NameRefusal> | null> => {
  if (claimsTheHouse(name)) return fail({ kind: 'name', fault: 'of-the-house' });
  const likeness = likenessOf(name);
  for (const id of labs) {
    const others = await at
      .select({ name: person.name })
      .from(person)
      .leftJoin(membership, membershipIn(id))
      .where(and(isKnownIn(id), not === null ? undefined : ne(person.id, not)));
    if (others.some(other => likenessOf(other.name) === likeness))
      return fail({ kind: 'name', fault: 'taken' });
  }
  return null;
};

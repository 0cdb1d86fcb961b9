import type { Sql } from 'postgres';
import type { Edge } from '../course/edge.ts';
import type { Revocations } from '../course/port.ts';
import type { Quotas } from '../course/quota.ts';
import { createJoinLinks } from './course/join-links.ts';
import { createLabs } from './course/labs.ts';
import { createPeople } from './course/people.ts';
import { createAccounts } from './identity/accounts.ts';
import { createAttempts } from './identity/attempts.ts';
import { createIdentity } from './identity/identity.ts';
import { createSignInLinks } from './identity/sign-in-link.ts';

export interface HouseOptions {
  readonly sql: Sql;
  /** From `installationSecret`. */
  readonly secret: string;
  readonly edge: Edge;
  readonly quotas: Quotas;
  readonly revocations: Revocations;
  readonly log: (message: string) => void;
}

/** Everything about people, links and the catalogue of labs: what http and the hub ask for. */
export const createHouse = ({ quotas, revocations, ...options }: HouseOptions) => {
  const identity = createIdentity({ ...options, revocations });
  const { door } = identity;
  return {
    identity,
    auth: identity.handle,
    signInLinks: createSignInLinks(door),
    labs: createLabs({ database: door.database, quotas, revocations }),
    joinLinks: createJoinLinks(door, quotas),
    people: createPeople(door.database, revocations),
    accounts: createAccounts(door, revocations),
    attempts: createAttempts(door.database),
    quotas,
  };
};

import type { Role } from '../protocol/role.ts';

// Who may do what. One row a verb, one table for the whole house: every route of http and every
// message of the hub asks `may` and nothing else. A verb that begins with `lab.`, `clock.`, `link.`
// or `person.` is asked with the role the person has in that lab; a verb that begins with `house.`
// with the role the person has in the house. A person with no role has no right.

const everyone: readonly Role[] = ['instructor', 'learner'];
const instructor: readonly Role[] = ['instructor'];

export const AUTHORISATION = {
  /** See and change what is one's own: name, sessions, the list of one's labs. */
  'house.self': everyone,
  /** Check lab files and create labs, up to the quota. */
  'house.create-lab': instructor,

  /** Be in a lab: pictures, packets, gauges, presence, the list of people. */
  'lab.watch': everyone,
  /** Submit operations: buttons, shell. */
  'lab.command': everyone,
  /** Pause, speed and step move time for everyone; a lab of one's own is no lab without them. */
  'clock.control': everyone,
  /** Records and facts whose audience is the instructor. */
  'lab.inspect-instructor': instructor,
  /** Break things on purpose. */
  'lab.fault': instructor,
  /** Read the lab file, archive the lab. */
  'lab.manage': instructor,

  'link.create': instructor,
  'link.list': instructor,
  'link.revoke': instructor,

  'person.list': everyone,
  'person.remove': instructor,
} as const satisfies Record<
  `${'house' | 'lab' | 'clock' | 'link' | 'person'}.${string}`,
  readonly Role[]
>;

export type Verb = keyof typeof AUTHORISATION;
export type HouseVerb = Extract<Verb, `house.${string}`>;
export type LabVerb = Exclude<Verb, HouseVerb>;

/** Null is a person with no role there: not a member, or not signed in. */
export const may = (role: Role | null, verb: Verb): boolean => {
  const roles: readonly Role[] = AUTHORISATION[verb];
  return role !== null && roles.includes(role);
};

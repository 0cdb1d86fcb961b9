/** The two roles there are: in the house, and again in each lab. The rights are in server/course/authorisation.ts. */
export const ROLES = ['instructor', 'learner'] as const;

export type Role = (typeof ROLES)[number];

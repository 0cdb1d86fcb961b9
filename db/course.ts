import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { LabId, PersonId } from '../server/protocol/id.ts';
import type { Role } from '../server/protocol/role.ts';
import { person } from './identity.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The catalogue: that a lab exists, whose it is, what file it is made from. What is in it is elsewhere. */
export const lab = pgTable(
  'lab',
  {
    id: text('id').$type<LabId>().primaryKey(),
    name: text('name').notNull(),
    /** Null: the house brought it, and every instructor is its instructor. */
    owner: text('owner')
      .$type<PersonId>()
      .references(() => person.id),
    /** The YAML, as it was given. */
    file: text('file').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    archivedAt: moment('archived_at'),
  },
  table => [index('lab_owner').on(table.owner)],
);

export const membership = pgTable(
  'membership',
  {
    lab: text('lab')
      .$type<LabId>()
      .notNull()
      .references(() => lab.id),
    person: text('person')
      .$type<PersonId>()
      .notNull()
      .references(() => person.id),
    role: text('role').$type<Role>().notNull(),
    joinedAt: moment('joined_at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.lab, table.person] }),
    index('membership_person').on(table.person),
    check('membership_role', sql`${table.role} in ('instructor', 'learner')`),
  ],
);

/** The token itself is only where its maker put it. */
export const joinLink = pgTable(
  'join_link',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    lab: text('lab')
      .$type<LabId>()
      .notNull()
      .references(() => lab.id),
    role: text('role').$type<Role>().notNull(),
    createdBy: text('created_by')
      .$type<PersonId>()
      .notNull()
      .references(() => person.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    uses: integer('uses').notNull().default(0),
  },
  table => [
    index('join_link_lab').on(table.lab),
    check('join_link_role', sql`${table.role} in ('instructor', 'learner')`),
  ],
);

import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { PersonId } from '../server/protocol/id.ts';
import type { Role } from '../server/protocol/role.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

// The five tables that better-auth asks for, by its field names. `user` is a reserved word of SQL,
// so they all begin with auth_. The token of a session is stored as it is, which is how better-auth
// works: a copy of the table opens nothing, because a cookie is signed with the installation's secret.

export const authUser = pgTable('auth_user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const authSession = pgTable(
  'auth_session',
  {
    id: text('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id')
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
  },
  table => [index('auth_session_user').on(table.userId)],
);

export const authAccount = pgTable(
  'auth_account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  table => [index('auth_account_user').on(table.userId)],
);

export const authVerification = pgTable(
  'auth_verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  table => [index('auth_verification_identifier').on(table.identifier)],
);

export const authRateLimit = pgTable('auth_rate_limit', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

/**
 * Who journals name. Linking an account gives a person a new user of better-auth: then `auth_user`
 * here moves to it, and the person, with everything that person did, stays the same.
 */
export const person = pgTable(
  'person',
  {
    id: text('id').$type<PersonId>().primaryKey(),
    name: text('name').notNull(),
    /** In the house; the role in a lab is in `membership`. */
    role: text('role').$type<Role>().notNull(),
    authUser: text('auth_user')
      .unique()
      .references(() => authUser.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  table => [check('person_role', sql`${table.role} in ('instructor', 'learner')`)],
);

/** Printed to the terminal, used once. The token itself is nowhere but there. */
export const signInLink = pgTable('sign_in_link', {
  tokenHash: text('token_hash').primaryKey(),
  /** Which instructor it signs in, made if there is none of that name; null is the first one. */
  name: text('name'),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
});

/** How often one machine tried what guessers try: one row an address and limit, in fixed windows. */
export const attempt = pgTable(
  'attempt',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    windowEnds: moment('window_ends').notNull(),
  },
  table => [index('attempt_window_ends').on(table.windowEnds)],
);

/** Who was let in, who let whom in, who took what away. Written in the transaction that does it. */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment('at').notNull().defaultNow(),
    action: text('action').notNull(),
    person: text('person').$type<PersonId>(),
    /** What it was done to: a lab, a link, a person. */
    subject: text('subject'),
    address: text('address'),
    detail: json('detail').$type<Record<string, string | number | null>>(),
  },
  table => [
    index('audit_person').on(table.person, table.at),
    index('audit_subject').on(table.subject, table.at),
  ],
);

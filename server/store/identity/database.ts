import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { audit } from '../../../db/identity.ts';
import type { PersonId } from '../../protocol/id.ts';
import { withSafeTransactions } from '../transaction.ts';

export type Database = PostgresJsDatabase;
/** The database, or a transaction of it. */
export type Statements = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

export const databaseOf = (sql: Sql): Database => drizzle({ client: withSafeTransactions(sql) });

/** A closed list, so that who reads the table knows what it can say. */
export type AuditAction =
  | 'SignInLinkMade'
  | 'SignedIn'
  | 'SignedOut'
  | 'SignedOutEverywhere'
  | 'SignInRefused'
  | 'SessionEnded'
  | 'AccountMade'
  | 'PasswordSet'
  | 'Renamed'
  | 'LabCreated'
  | 'LabArchived'
  | 'JoinLinkMade'
  | 'JoinLinkRevoked'
  | 'Joined'
  | 'PersonRemoved';

export interface AuditEntry {
  readonly action: AuditAction;
  readonly person: PersonId | null;
  readonly subject?: string;
  readonly address?: string;
  readonly detail?: Record<string, string | number | null>;
}

export const record = async (at: Statements, entry: AuditEntry): Promise<void> => {
  await at.insert(audit).values(entry);
};

import * as course from './course.ts';
import * as identity from './identity.ts';
import * as lab from './lab.ts';
import { RECORD_TABLES } from './record.ts';
import * as server from './server.ts';

/** Everything that is in the database; what a migration brings a database to. */
export const SCHEMA: Readonly<Record<string, unknown>> = {
  ...identity,
  ...course,
  ...server,
  ...lab,
  ...Object.fromEntries(
    Object.entries(RECORD_TABLES).map(([kind, table]) => [`${kind} record`, table]),
  ),
};

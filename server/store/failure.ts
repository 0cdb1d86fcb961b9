import postgres from 'postgres';

/**
 * The connection was lost while a statement was under way: it may have been carried out or not.
 * Whoever goes on must first read what is there.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(what: string, cause: unknown) {
    super(`the database was lost while it ${what}`, { cause });
  }
}

/** How a connection fails before anything was sent on it; the last two are Postgres's own. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  '57P03', // cannot_connect_now: starting up, shutting down, recovering
  '53300', // too_many_connections
]);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** A connection failed, as opposed to a statement. */
export const wasLost = (error: unknown): boolean => {
  // FATAL ends the connection, ERROR only the transaction.
  if (error instanceof postgres.PostgresError) return error.severity !== 'ERROR';
  return codeOf(error) !== undefined;
};

/** Wraps what leaves the outcome open; everything else says that nothing was written. */
export const outcomeOf = (what: string, error: unknown): unknown =>
  wasLost(error) && !NEVER_SENT.has(codeOf(error) ?? '') ? new OutcomeUnknown(what, error) : error;

/** serialization_failure, deadlock_detected, unique_violation of two who were first at once. */
export const isRepeatable = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && ['40001', '40P01', '23505'].includes(error.code);

/** Data that Postgres refuses: class 22 is data_exception, 23 integrity_constraint_violation. */
export const isRefusedData = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && /^2[23]/.test(error.code);

/** A fence that does not hold is counted as no row, by which it divides. */
export const isLostFence = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.code === '22012';

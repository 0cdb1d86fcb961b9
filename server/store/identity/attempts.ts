import { isIPv6 } from 'node:net';
import { lt, sql } from 'drizzle-orm';
import { attempt } from '../../../db/identity.ts';
import { fail, ok } from '../../base/result.ts';
import type { Attempts } from '../../course/port.ts';
import type { Database } from './database.ts';

// In the database, so that a restart or a second server forgets nothing.

const PRUNE_EVERY = 256;

export const createAttempts = (database: Database): Attempts => {
  let taken = 0;
  return {
    async take({ name, max, seconds }, address) {
      taken += 1;
      if (taken % PRUNE_EVERY === 0) {
        await database.delete(attempt).where(lt(attempt.windowEnds, sql`now()`));
      }
      const fresh = sql`now() + make_interval(secs => ${seconds})`;
      const over = sql`${attempt.windowEnds} <= now()`;
      const [row] = await database
        .insert(attempt)
        .values({ key: `${name} ${network(address)}`, count: 1, windowEnds: fresh })
        .onConflictDoUpdate({
          target: attempt.key,
          set: {
            count: sql`case when ${over} then 1 else ${attempt.count} + 1 end`,
            windowEnds: sql`case when ${over} then ${fresh} else ${attempt.windowEnds} end`,
          },
        })
        .returning({
          count: attempt.count,
          left: sql<number>`ceil(extract(epoch from ${attempt.windowEnds} - now()))::int`,
        });
      return row !== undefined && row.count > max
        ? fail({ kind: 'too-many-attempts', retryAfterSeconds: Math.max(1, row.left) })
        : ok(undefined);
    },
  };
};

/** One household has 2^64 addresses of IPv6, so it is counted by its network. */
export const network = (address: string): string => {
  if (!isIPv6(address)) return address;
  const [before = '', after] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};

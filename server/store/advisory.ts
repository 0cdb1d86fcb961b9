/** The advisory locks of this database, as pairs (space, number), so that no two of ours are equal. */
export const ADVISORY = { space: 0x454e4c, migrate: 1, serverLease: 2, traceDays: 3 } as const;

/**
 * The computer on which an administrator sits: the tools for the hosts are there, no role of theirs, and
 * nothing of it is simulated. It is no record; its id is of the form of a host's, so that a console says
 * in one way where it runs. A lab with a host of this name has that host in its place.
 */
export const STATION = { id: 'host:ADMIN01', name: 'ADMIN01' } as const;

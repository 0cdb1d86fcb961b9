import type { Revocation, Revocations } from './port.ts';

/** Within this process. A second server learns of an ended session when it next asks the database. */
export const createRevocations = (): Revocations => {
  const listeners = new Set<(revocation: Revocation) => void>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(revocation) {
      for (const listener of listeners) listener(revocation);
    },
  };
};

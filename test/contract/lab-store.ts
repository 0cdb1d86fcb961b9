import { type Ground } from './lab-store-data.ts';
import { historyContract } from './lab-store-history.ts';
import { journalContract } from './lab-store-journal.ts';
import { rowsContract } from './lab-store-rows.ts';
import { walkContract } from './lab-store-walk.ts';

export type { Ground } from './lab-store-data.ts';

/** What every store of labs owes a lab, whatever it is made of. */
export const labStoreContract = (ground: Ground): void => {
  journalContract(ground);
  rowsContract(ground);
  historyContract(ground);
  walkContract(ground, [1, 2]);
};

import { afterEach } from 'vitest';
import { labStoreContract } from '../../test/contract/lab-store.ts';
import { aDatabase } from '../../test/fixture/postgres.ts';
import type { LabId } from '../protocol/id.ts';
import { createLabStore } from './lab-store.ts';

const database = await aDatabase();
const stores: Awaited<ReturnType<typeof createLabStore>>[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()));
});

let made = 0;

labStoreContract({
  store: async (term = 0) => {
    const store = await createLabStore({ url: database.url, term });
    stores.push(store);
    return store;
  },
  lab: async () => {
    const lab: LabId = `lab:${(made += 1)}`;
    await database.sql`insert into lab (id, name, file) values (${lab}, 'A lab', 'hosts: []')`;
    return lab;
  },
  archive: async lab => {
    await database.sql`update lab set archived_at = now() where id = ${lab}`;
  },
});

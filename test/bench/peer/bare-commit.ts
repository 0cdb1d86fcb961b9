import postgres from 'postgres';

// The bare commit: one row inserted and committed, again and again, over one connection of postgres.js,
// and nothing around it. Says how long each took, in milliseconds. Nothing of ours.

const [url = '', count = '0'] = process.argv.slice(2);
const sql = postgres(url, { max: 1, onnotice: () => undefined });
await sql`create table if not exists bench_commit (
  n bigint generated always as identity primary key, command text, op text, args json
)`;
const args = JSON.stringify({ vm: 'vm:0a1b2c3d-0000-0000-0000-000000000000', name: 'a new name' });
const took: number[] = [];
for (let n = 0; n < Number(count); n += 1) {
  const began = performance.now();
  await sql`insert into bench_commit (command, op, args) values (${`bare-${n}`}, 'vm.rename', ${args}::text::json)`;
  took.push(performance.now() - began);
}
await sql.end();
process.send?.({ took });

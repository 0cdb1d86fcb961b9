import { createServer } from 'node:http';
import postgres, { type Sql } from 'postgres';
import { WebSocketServer } from 'ws';

// A command comes in over ws, it is committed, its sender is answered; no session, no rights, no
// simulation, nobody who watches. Nothing of ours. Three ways to do it, from what one would write
// first to what promises least:
//   transaction  what our journal promises of a lab: fenced by its lease, numbered without gaps, in one
//                transaction a command, over a pool as large as postgres.js makes it;
//   statement    the same in one statement, all pipelined over one connection, so that no command
//                waits for another's way there and back;
//   unordered    a row is inserted by whichever connection is free: no lease, no order.

interface Command {
  readonly id: string;
  readonly op: string;
  readonly args: unknown;
}

type Commit = (sql: Sql, command: Command, result: string) => Promise<unknown>;

const WAYS: { readonly [way: string]: { readonly connections: number; readonly commit: Commit } } =
  {
    transaction: {
      connections: 10,
      commit: (sql, { id, op, args }, result) =>
        sql.begin(async at => {
          const [lab] = await at`
          select seq from bench_lab where lab = 'one' and lease = 1 for update`;
          const seq = Number(lab?.['seq']) + 1;
          await at`
          insert into bench_command (seq, command, op, args, result)
          values (${seq}, ${id}, ${op}, ${JSON.stringify(args)}::text::json, ${result}::text::json)`;
          await at`update bench_lab set seq = ${seq} where lab = 'one'`;
        }),
    },
    statement: {
      connections: 1,
      commit: (sql, { id, op, args }, result) => sql`
      with lab as (
        update bench_lab set seq = seq + 1 where lab = 'one' and lease = 1 returning seq
      )
      insert into bench_command (seq, command, op, args, result)
      select seq, ${id}, ${op}, ${JSON.stringify(args)}::text::json, ${result}::text::json from lab`,
    },
    unordered: {
      connections: 10,
      commit: (sql, { id, op, args }, result) => sql`
      insert into bench_command (command, op, args, result)
      values (${id}, ${op}, ${JSON.stringify(args)}::text::json, ${result}::text::json)`,
    },
  };

const [url = '', way = ''] = process.argv.slice(2);
const found = WAYS[way];
if (found === undefined) throw new Error(`there is no way ${way}`);
const { connections, commit } = found;
const sql = postgres(url, { max: connections, onnotice: () => undefined });
await sql`create table if not exists bench_lab (lab text primary key, lease bigint, seq bigint)`;
await sql`insert into bench_lab values ('one', 1, 0) on conflict do nothing`;
await sql`create table if not exists bench_command (
  seq bigint unique, command text unique, op text, args json, result json,
  received_at timestamptz not null default now()
)`;

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', ws => {
  ws.send('{"t":"ready"}');
  ws.on('message', (data: Buffer) => {
    const command = JSON.parse(data.toString()) as Command;
    const result = { ok: true, value: null };
    void commit(sql, command, JSON.stringify(result)).then(() => {
      ws.send(JSON.stringify({ t: 'answer', id: command.id, result }));
    });
  });
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

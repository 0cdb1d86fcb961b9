import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import postgres, { type Sql } from 'postgres';
import { program } from '../../command-line.ts';
import { readSettings, SettingsError } from '../../settings.ts';
import { openDatabase } from './open-database.ts';
import { textTable } from './text-table.ts';

// npm run sql -- "select ...": asks the database, beside a running server or without one. Without a
// statement it reads them from standard input: from a pipe all at once, from a keyboard one by one.

const PROMPT = 'enlighten=> ';
const MORE = 'enlighten-> ';

const main = async (): Promise<void> => {
  const asked = program('sql', 'Asks the database, beside a running server or without one.')
    .argument('[statement...]', 'SQL; without it, it is read from standard input')
    .parse();
  const database = await openDatabase(readSettings(process.env));
  try {
    const given = asked.args.join(' ').trim();
    if (given !== '') await run(database.sql, given);
    else if (process.stdin.isTTY) await converse(database.sql);
    else await run(database.sql, await text(process.stdin));
  } finally {
    await database.close();
  }
};

/** Runs one or more statements and prints each answer as Postgres writes it, nothing converted. */
const run = async (sql: Sql, statements: string): Promise<void> => {
  const answer: unknown = await sql.unsafe(statements).simple().raw();
  // Several statements have several answers, in an array that is no answer itself.
  const answers = Array.isArray(answer) && !isAnswer(answer) ? answer : [answer];
  for (const one of answers) if (isAnswer(one)) process.stdout.write(`${show(one)}\n`);
};

interface Answer extends Iterable<readonly (Buffer | null)[]> {
  readonly command: string | null;
  readonly count: number | null;
  /** Absent when the statement returns no rows. */
  readonly columns?: readonly { readonly name: string }[] | null;
}

const isAnswer = (value: unknown): value is Answer =>
  Array.isArray(value) && 'command' in value && 'count' in value;

const show = (answer: Answer): string => {
  const { command, count, columns } = answer;
  if (!columns) return [command, count].filter(word => word !== null).join(' ');
  const rows = [...answer].map(row => row.map(cell => cell?.toString('utf8') ?? null));
  const names = columns.map(column => column.name);
  return `${textTable(names, rows)}\n(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
};

/** A statement ends with a semicolon at the end of a line; Ctrl+D ends the conversation. */
const converse = async (sql: Sql): Promise<void> => {
  const keyboard = createInterface({ input: process.stdin, output: process.stdout });
  let statement = '';
  keyboard.setPrompt(PROMPT);
  keyboard.prompt();
  for await (const line of keyboard) {
    statement += `${line}\n`;
    if (statement.trim() === '') statement = '';
    if (/;\s*$/.test(statement)) {
      await run(sql, statement).catch(tell);
      statement = '';
    }
    keyboard.setPrompt(statement === '' ? PROMPT : MORE);
    keyboard.prompt();
  }
};

const tell = (error: unknown): void => {
  if (!(error instanceof postgres.PostgresError || error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
};

try {
  await main();
} catch (error) {
  tell(error);
  process.exitCode = 1;
}

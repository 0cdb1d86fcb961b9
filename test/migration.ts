import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { snakeCase } from '../db/snake-case.ts';
import { SCHEMA } from '../db/schema.ts';
import { TABLES } from '../server/protocol/record/index.ts';
import { RECORD_KINDS } from '../server/protocol/record/kind.ts';

// npm run db:generate [NAME]: writes the next migration, from what changed in db/ since the last one
// as drizzle-kit finds it, and what drizzle has no word for. `--from-scratch` leaves one migration,
// the first; that is only for as long as no database holds anything of anybody.

const FOLDER = fileURLToPath(new URL('../db/migrations/', import.meta.url));
const JOURNAL = join(FOLDER, 'meta', '_journal.json');

type Snapshot = ReturnType<typeof generateDrizzleJson>;

/** As drizzle's migrator reads it. */
interface Journal {
  readonly version: '7';
  readonly dialect: 'postgresql';
  readonly entries: readonly {
    readonly idx: number;
    readonly version: '7';
    readonly when: number;
    readonly tag: string;
    readonly breakpoints: true;
  }[];
}

const snapshotPath = (idx: number): string =>
  join(FOLDER, 'meta', `${String(idx).padStart(4, '0')}_snapshot.json`);

const readJournal = (): Journal =>
  existsSync(JOURNAL)
    ? JSON.parse(readFileSync(JOURNAL, 'utf8'))
    : { version: '7', dialect: 'postgresql', entries: [] };

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

/** Drizzle makes plain tables without comments; these statements say the rest. */
const completed = (statements: readonly string[]): string[] => {
  const creates = (table: string): boolean =>
    statements.some(statement => statement.startsWith(`CREATE TABLE "${table}" (`));
  const whole = statements.map(statement =>
    statement.startsWith('CREATE TABLE "trace" (')
      ? `${statement.trimEnd().replace(/;$/, '')} PARTITION BY RANGE ("day");`
      : statement.trimEnd(),
  );
  for (const kind of RECORD_KINDS) {
    const about = TABLES[kind].about.replaceAll("'", "''");
    const table = snakeCase(kind);
    if (creates(table)) whole.push(`COMMENT ON TABLE "${table}" IS '${about}';`);
  }
  // What they hold is compressed already.
  for (const table of ['keyframe', 'segment'])
    if (creates(table))
      whole.push(`ALTER TABLE "${table}" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;`);
  return whole;
};

const [name = 'change'] = process.argv.slice(2);
const fromScratch = name === '--from-scratch';
if (fromScratch) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(join(FOLDER, 'meta'), { recursive: true });

const journal = readJournal();
const last = journal.entries.at(-1);
const before: Snapshot =
  last === undefined
    ? generateDrizzleJson({})
    : JSON.parse(readFileSync(snapshotPath(last.idx), 'utf8'));
const after = generateDrizzleJson({ ...SCHEMA }, before.id);
const statements = completed(await generateMigration(before, after));
if (statements.length === 0) {
  process.stdout.write('Nothing changed in db/ since the last migration.\n');
} else {
  const idx = (last?.idx ?? -1) + 1;
  const tag = `${String(idx).padStart(4, '0')}_${fromScratch ? 'initial' : name}`;
  const entry = { idx, version: '7', when: Date.now(), tag, breakpoints: true };
  writeFileSync(join(FOLDER, `${tag}.sql`), `${statements.join('\n--> statement-breakpoint\n')}\n`);
  writeJson(snapshotPath(idx), after);
  writeJson(JOURNAL, { ...journal, entries: [...journal.entries, entry] });
  process.stdout.write(`db/migrations/${tag}.sql: ${statements.length} statements\n`);
}

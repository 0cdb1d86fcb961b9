import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { program } from '../../command-line.ts';
import { readSettings } from '../../settings.ts';
import { dump } from './dump.ts';
import { openDatabase } from './open-database.ts';
import { restore } from './restore.ts';

// npm run backup [-- FILE]           writes a backup, beside a running server or without one
// npm run backup -- --restore FILE   fills an empty database from one

const main = async (): Promise<string> => {
  const asked = program('backup', 'Writes a backup, or fills an empty database from one.')
    .argument('[file]', 'where to (a file in DATA_DIR/backups, named by the time)')
    .option('--restore <file>', 'fills an empty database from this backup')
    .parse();
  const values = asked.opts();
  const [file] = asked.processedArgs;
  const settings = readSettings(process.env);
  const database = await openDatabase(settings);
  try {
    if (values.restore !== undefined) {
      const path = resolve(values.restore);
      const { rows, tables } = await restore(database.sql, database.url, path);
      return `Restored ${rows} rows of ${tables} tables from ${path}`;
    }
    const path = resolve(file ?? defaultPath(settings.DATA_DIR));
    const { rows, tables } = await dump(database.sql, path);
    return `Wrote ${rows} rows of ${tables} tables to ${path}`;
  } finally {
    await database.close();
  }
};

const defaultPath = (dataDir: string): string => {
  const at = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(dataDir, 'backups', `enlighten-${at}.gz`);
  mkdirSync(dirname(path), { recursive: true });
  chmodSync(dirname(path), 0o700);
  return path;
};

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const FILE = 'auth-secret';
const SECRET = /^[0-9a-f]{64}$/;

/**
 * The key that signs session cookies, made at the first start and kept beside the data. Whoever
 * removes the file signs everybody out.
 */
export const installationSecret = (dataDir: string): string => {
  // With a database of one's own nothing else may have made the folder yet.
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, FILE);
  const secret = read(path) ?? make(path);
  if (!SECRET.test(secret)) {
    throw new Error(
      `${path} is damaged. Remove it to make a new one; everybody must sign in again.`,
    );
  }
  return secret;
};

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
};

/** Written whole beside and linked into place: of two first starts at once, one wins and both read it. */
const make = (path: string): string => {
  const beside = `${path}.${process.pid}`;
  const file = openSync(beside, 'wx', 0o600);
  writeSync(file, `${randomBytes(32).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(beside, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(beside);
  }
  return readFileSync(path, 'utf8').trim();
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

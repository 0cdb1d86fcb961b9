import { createHash, randomBytes } from 'node:crypto';

// What opens a door by being known. 128 random bits: nobody guesses one, so a plain hash without salt
// or stretching is enough to keep a copied table from opening anything.

const BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

export interface NewToken {
  readonly token: string;
  readonly hash: string;
}

export const newToken = (): NewToken => {
  const token = randomBytes(BYTES).toString('base64url');
  return { token, hash: digest(token) };
};

/** Null for what cannot be a token at all, so that rubbish costs no query. */
export const hashOf = (token: string): string | null => (TOKEN.test(token) ? digest(token) : null);

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

const ID_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** `3k9x…`: for ids that people may read out; no letter that looks like another. */
export const randomName = (length: number): string =>
  // 31 letters do not divide 256; the bias is a fraction of a bit, and ids are not secrets.
  [...randomBytes(length)].map(byte => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');

import type { AttemptLimit } from '../../course/port.ts';

// Tokens have 128 random bits, so no limit is needed against guessing: these keep guessers from
// loading the database. A class joins from behind one address within a minute.

export const SIGN_IN: AttemptLimit = { name: 'sign-in', max: 60, seconds: 60 };
export const JOIN: AttemptLimit = { name: 'join', max: 1_200, seconds: 60 };

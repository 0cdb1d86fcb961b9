import type { AttemptLimit } from '../../course/port.ts';

// Tokens have 128 random bits, so no limit is needed against guessing: these keep guessers from
// loading the database. A class joins from behind one address within a minute.

export const SIGN_IN: AttemptLimit = { name: 'sign-in', max: 60, seconds: 60 };
export const JOIN: AttemptLimit = { name: 'join', max: 1_200, seconds: 60 };

// Passwords are chosen by people, so these two are against guessing: from one address, and of one
// account from wherever. Whoever is kept out by somebody else's guesses comes in by a link.

export const PASSWORD: AttemptLimit = { name: 'password', max: 60, seconds: 60 };
export const PASSWORD_OF_ONE: AttemptLimit = { name: 'password-of-one', max: 10, seconds: 300 };

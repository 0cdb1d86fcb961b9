import type { SignInLink } from './port.ts';

// Where links lead. Opening one uses nothing up: the page asks, and then sends the token.

export const joinAddress = (base: string, token: string): string => `${base}/join/${token}`;

export const signInAddress = (base: string, token: string): string => `${base}/sign-in/${token}`;

/** For the terminal of whoever runs the server; never for a log. */
export const signInNotice = (base: string, { token, expires }: SignInLink): string =>
  [
    'Sign in as instructor (works once, 15 minutes, until ',
    `${expires.toTimeString().slice(0, 5)}):\n  ${signInAddress(base, token)}\n`,
  ].join('');

import { ask, type Me } from './request.ts';

export interface Account {
  /** Null: no password has been set. */
  readonly email: string | null;
  readonly asksCurrent: boolean;
}

export interface OwnSession {
  readonly session: string;
  /** The one of this browser. */
  readonly current: boolean;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export const signInByPassword = (email: string, password: string) =>
  ask<Me>('POST', '/api/sign-in/password', { email, password });

export const readAccount = () => ask<Account>('GET', '/api/me/account');

export const setPassword = (wanted: {
  readonly email: string;
  readonly password: string;
  readonly current?: string;
}) => ask<Account>('POST', '/api/me/password', wanted);

export const listSessions = () =>
  ask<{ readonly sessions: readonly OwnSession[] }>('GET', '/api/me/sessions');

export const endSession = (session: string) =>
  ask<null>('DELETE', `/api/me/sessions/${encodeURIComponent(session)}`);

export const signOutEverywhere = () => ask<null>('POST', '/api/sign-out', { everywhere: true });

import { NAME_SENTENCES } from '../protocol/name.ts';
import type {
  CredentialsFault,
  LabFileFault,
  LinkFault,
  NameRefusal,
  PasswordFault,
  TooManyAttempts,
} from '../course/port.ts';
import { QUOTAS, type QuotaFault } from '../course/quota.ts';

// Everything that http can refuse, as one table: the status, what a person reads, what to do next.
// Every error body is `{error: {kind, message, next, …the facts of the case}}` and nothing else.

interface ErrorRow {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly message: string;
  readonly next: string;
}

export const ERRORS = {
  malformed: {
    status: 400,
    message: 'The request does not have the form that this address takes.',
    next: 'Compare it with /api/openapi.json.',
  },
  'not-signed-in': {
    status: 401,
    message: 'You are not signed in.',
    next: 'Open a join link, or the sign-in link that the server printed.',
  },
  credentials: {
    status: 401,
    message: 'The e-mail address or the password is not right.',
    next: 'Try again, or open a sign-in link or join link instead.',
  },
  password: {
    status: 403,
    message: 'The current password is not right.',
    next: 'Try again. Who forgot it signs in by a new link from whoever runs the server.',
  },
  'email-taken': {
    status: 409,
    message: 'Another account has this e-mail address.',
    next: 'Sign in to that account, or use another address.',
  },
  'not-allowed': {
    status: 403,
    message: 'Your role does not allow this.',
    next: 'Ask an instructor of the lab.',
  },
  'foreign-page': {
    status: 403,
    message: 'The request came from a page of another address.',
    next: 'Open Enlighten at its own address. Behind a proxy, set PUBLIC_URL or TRUST_PROXY.',
  },
  'not-found': {
    status: 404,
    message: 'There is nothing here that you may see.',
    next: 'Check the address, or ask for a join link.',
  },
  'wrong-method': {
    status: 405,
    message: 'This address does not take that method.',
    next: 'Use one of the methods that the Allow header names.',
  },
  quota: {
    status: 409,
    message: 'That would be more than the limit.',
    next: 'Remove what is no longer needed, or have the limit raised.',
  },
  link: {
    status: 410,
    message: 'This link is not valid, or not any more.',
    next: 'Ask for a new one.',
  },
  'too-large': {
    status: 413,
    message: 'The request is too large.',
    next: 'Send less.',
  },
  'not-json': {
    status: 415,
    message: 'The body of a request is JSON.',
    next: 'Send it with Content-Type: application/json.',
  },
  name: {
    status: 422,
    message: 'That name cannot be used.',
    next: 'Choose another name.',
  },
  'lab-file': {
    status: 422,
    message: 'The lab file has mistakes.',
    next: 'Correct the lines named in `faults`.',
  },
  'too-many-attempts': {
    status: 429,
    message: 'Too many attempts from your network.',
    next: 'Wait a little and try again.',
  },
  internal: {
    status: 500,
    message: 'Something in the server is broken; it has been written to the log.',
    next: 'Try again; if it stays, tell whoever runs the server.',
  },
  moment: {
    status: 409,
    message: 'That moment cannot be shown.',
    next: 'Choose a moment between the beginning of the lab and now.',
  },
  'not-ready': {
    status: 503,
    message: 'The server cannot do this right now.',
    next: 'Wait a few seconds and try again.',
  },
  'no-page': {
    status: 503,
    message: 'The page has not been built.',
    next: 'Stop the server and start it with npm start, which builds it.',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorKind = keyof typeof ERRORS;

/** Why a route says no. What has no facts of its own is only its kind. */
export type Fault =
  | {
      readonly kind: Exclude<
        ErrorKind,
        'quota' | 'link' | 'name' | 'lab-file' | 'too-many-attempts' | 'malformed' | 'moment'
      >;
    }
  | { readonly kind: 'moment'; readonly why: string }
  | { readonly kind: 'malformed'; readonly faults: readonly { path: string; message: string }[] }
  | { readonly kind: 'lab-file'; readonly faults: readonly LabFileFault[] }
  | QuotaFault
  | LinkFault
  | CredentialsFault
  | PasswordFault
  | NameRefusal
  | TooManyAttempts;

export interface ErrorBody {
  readonly error: {
    readonly kind: ErrorKind;
    readonly message: string;
    readonly next: string;
    readonly [fact: string]: unknown;
  };
}

export const errorBody = (fault: Fault): ErrorBody => {
  const { message, next }: ErrorRow = ERRORS[fault.kind];
  return { error: { kind: fault.kind, message, next, ...factsOf(fault) } };
};

/** The facts of the case, and a closer sentence where the case has one. */
const factsOf = (fault: Fault): Record<string, unknown> => {
  if (fault.kind === 'malformed' || fault.kind === 'lab-file') return { faults: fault.faults };
  if (fault.kind === 'moment') return { message: fault.why };
  if (fault.kind === 'name') return { message: NAME_SENTENCES[fault.fault] };
  if (fault.kind === 'too-many-attempts') return { retryAfterSeconds: fault.retryAfterSeconds };
  if (fault.kind !== 'quota') return {};
  const { quota, limit } = fault;
  return { message: `The limit is ${limit} ${QUOTAS[quota].of}.`, quota, limit };
};

export const errorResponse = (fault: Fault, headers: Record<string, string> = {}): Response => {
  const wait =
    fault.kind === 'too-many-attempts' ? { 'retry-after': String(fault.retryAfterSeconds) } : {};
  return Response.json(errorBody(fault), {
    status: ERRORS[fault.kind].status,
    headers: { 'cache-control': 'no-store', ...wait, ...headers },
  });
};

// Codes of Node, of postgres.js and of Postgres itself that mean: the database is away, come back.
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
]);

/** Whether an exception is the world's trouble, which passes, and not ours. */
export const isAway = (error: unknown): boolean =>
  chainOf(error).some(at => 'code' in at && typeof at.code === 'string' && AWAY.has(at.code));

/** What a log may say of an exception: drizzle writes the values of a query into it, and they are people's. */
export const withoutValues = (error: unknown): { errors: readonly string[]; stack: string } => {
  const chain = chainOf(error);
  const frames =
    chain
      .at(-1)
      ?.stack?.split('\n')
      .filter(line => line.startsWith('    at ')) ?? [];
  return {
    errors: chain.map(({ name, message }) => `${name}: ${message.split('\nparams:')[0]}`),
    stack: frames.join('\n'),
  };
};

const DEEPEST_CAUSE = 8;

/** An exception and what caused it, the outermost first. */
const chainOf = (error: unknown): readonly Error[] => {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < DEEPEST_CAUSE; at = at.cause) {
    chain.push(at);
  }
  return chain;
};

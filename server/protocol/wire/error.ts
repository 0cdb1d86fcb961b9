/**
 * Every way the border refuses. Closing codes: 4000-4099 come back, 4100-4199 come back after
 * signing in again, 4200 and up do not. Null keeps the socket open.
 */
export const WIRE_ERRORS = {
  'too-slow': { close: 4001, message: 'Nothing was read from this connection for too long.' },
  'hello-late': { close: 4002, message: 'No hello arrived in time.' },
  restart: { close: 4003, message: 'The server is restarting.' },
  'too-many': { close: 4004, message: 'There are too many connections here. Close some.' },
  silent: { close: 4005, message: 'Nothing was heard from this connection for too long.' },
  trouble: { close: 4006, message: 'The server could not look that up just now.' },
  'role-changed': { close: 4007, message: 'Your role in this lab is another one now.' },
  'not-signed-in': { close: 4101, message: 'Sign in, or open your join link again.' },
  'signed-out': { close: 4102, message: 'This session was signed out.' },
  malformed: { close: 4201, message: 'That is not a message of this protocol.' },
  'too-large': { close: 4202, message: 'That message is larger than this server takes.' },
  'not-text': { close: 4203, message: 'Binary messages are not part of this protocol version.' },
  'out-of-order': { close: 4204, message: 'The first message must be hello, and only the first.' },
  'too-old': { close: 4205, message: 'This page is older than the server. Reload it.' },
  'not-found': { close: 4206, message: 'There is no such lab, or you are not in it.' },
  'not-allowed': { close: null, message: 'Your role does not allow that.' },
  'bad-arguments': { close: null, message: 'The arguments are not those of the operation.' },
  'unknown-operation': { close: null, message: 'There is no such operation.' },
  'no-such-scope': {
    close: null,
    message: 'There is no such host or virtual machine in this lab.',
  },
  'rate-limited': { close: null, message: 'Too many messages; slow down and send it again.' },
  'too-much-pending': {
    close: null,
    message: 'Too many commands wait for this lab; send it again soon.',
  },
  'too-many-scopes': { close: null, message: 'This connection watches as many scopes as it may.' },
  unavailable: {
    close: null,
    message: 'The lab is not running just now; send it again soon.',
  },
} as const satisfies { readonly [kind: string]: { close: number | null; message: string } };

export type WireErrorKind = keyof typeof WIRE_ERRORS;

/** What a closed socket means for who comes back: by themselves, after signing in, or not at all. */
export type Return = 'come-back' | 'sign-in' | 'stay-away';

export function returnAfter(closeCode: number): Return {
  if (closeCode >= 4200 && closeCode < 5000) return 'stay-away';
  if (closeCode >= 4100 && closeCode < 4200) return 'sign-in';
  return 'come-back';
}

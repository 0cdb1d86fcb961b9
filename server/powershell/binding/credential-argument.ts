import type { BindingHost } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import { Credential, SecureString } from '../value/credential.ts';
import { itemsOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';

export const isCredential = (type: string): boolean =>
  /^(System\.Management\.Automation\.)?PSCredential(\[\])?$/i.test(type);

/** `-Credential LAB\Administrator`: the user is given, the password is asked for. */
export function* credentialsOf(host: BindingHost, value: Value): Steps<Value> {
  const items = itemsOf(value);
  if (items === null) return yield* credentialOf(host, value);
  const all: Value[] = [];
  for (const one of items) all.push(yield* credentialOf(host, one));
  return all;
}

function* credentialOf(host: BindingHost, value: Value): Steps<Value> {
  if (typeof value !== 'string' || value === '') return value;
  host.print('\nWindows PowerShell credential request\nEnter your credentials.');
  return (yield* passwordFor(host, value)) ?? value;
}

/** The console's form of the credential dialog; null when there is nobody to ask. */
export function* askCredential(host: BindingHost): Steps<Value | undefined> {
  const user = yield* host.ask('User: ', false);
  if (user === null) return undefined;
  return (yield* passwordFor(host, user)) ?? undefined;
}

function* passwordFor(host: BindingHost, user: string): Steps<Value> {
  const password = yield* host.ask(`Password for user ${user}: `, true);
  return password === null ? null : new Credential(user, new SecureString(password));
}

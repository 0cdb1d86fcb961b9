import type { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import { fail, ok } from '../base/result.ts';
import type { OperationName } from '../protocol/operation/index.ts';
import { OPERATIONS } from '../protocol/operation/index.ts';
import type { Up } from '../protocol/wire/up.ts';
import { up } from '../protocol/wire/up.ts';

export interface Misfit {
  /** Where in the message: `args.name`; null when it is no JSON at all. */
  readonly path: string | null;
  readonly message: string;
}

/** A message of a client, as its schema says; nothing of it is believed before. */
export function decodeMessage(text: string): Result<Up, Misfit> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ path: null, message: 'It is not JSON.' });
  }
  const parsed = up.safeParse(value);
  return parsed.success ? ok(parsed.data) : fail(misfit(parsed.error, []));
}

/** The arguments of an operation with its defaults: what goes to the lab and into the journal. */
export function decodeArguments(op: OperationName, args: unknown): Result<Json, Misfit> {
  const parsed = OPERATIONS[op].args.safeParse(args);
  // Every operation's arguments are plain data; what is left out stays left out.
  return parsed.success ? ok(parsed.data as Json) : fail(misfit(parsed.error, ['args']));
}

function misfit({ issues }: z.ZodError, within: readonly string[]): Misfit {
  const [first] = issues;
  const path = [...within, ...(first?.path ?? []).map(String)].join('.');
  return { path: path === '' ? null : path.slice(0, 200), message: first?.message ?? '' };
}

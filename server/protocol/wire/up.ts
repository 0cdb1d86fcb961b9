import { z } from 'zod';
import type { Scope } from './scope.ts';
import { isScope } from './scope.ts';

const scope = z.custom<Scope>(value => typeof value === 'string' && isScope(value), 'is no scope');

/** Where a client is: the history it follows and the last turn it has of it. */
export const position = z.strictObject({
  lineage: z.int().min(0),
  turn: z.int().min(0),
});

export type Position = z.output<typeof position>;

/** First message on a socket: which lab, and what this client already has of each scope. */
export const hello = z.strictObject({
  t: z.literal('hello'),
  lab: z.string().min(5).max(80),
  /** Client instance, new per page load: names its commands. */
  client: z.string().min(8).max(40),
});

export const watch = z.strictObject({
  t: z.literal('watch'),
  scope,
  /** Null asks for a picture. */
  from: position.nullable(),
  /** Also counters of this scope as gauges, once a second. */
  gauges: z.boolean().default(false),
  /** Also sampled trace of this scope; `vm` scopes only. */
  trace: z.boolean().default(false),
});

export const unwatch = z.strictObject({ t: z.literal('unwatch'), scope });

export const command = z.strictObject({
  t: z.literal('command'),
  /** Client-made, unique for the lab's life; sent again after a reconnect it is done once. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u),
  op: z.string().min(1).max(60),
  args: z.record(z.string().max(60), z.unknown()),
});

/** Ephemeral: what this person looks at. Never stored. */
export const presence = z.strictObject({
  t: z.literal('presence'),
  view: z.string().max(200).nullable(),
  selection: z.string().max(200).nullable(),
  typing: z.string().max(120).nullable(),
});

/** A client's own hash of a scope differed from the server's at that turn: counted, and it resyncs. */
export const diverged = z.strictObject({
  t: z.literal('diverged'),
  scope,
  lineage: z.int().min(0),
  turn: z.int().min(0),
  hash: z.string().max(40),
});

export const ping = z.strictObject({ t: z.literal('ping'), n: z.int().min(0) });

export const UP = { hello, watch, unwatch, command, presence, diverged, ping } as const;

export const up = z.discriminatedUnion('t', [
  hello,
  watch,
  unwatch,
  command,
  presence,
  diverged,
  ping,
]);

export type Up = z.output<typeof up>;

import { z } from 'zod';
import { command } from './up/command.ts';
import { consoleRequest } from './up/console-request.ts';
import { diverged } from './up/diverged.ts';
import { hello } from './up/hello.ts';
import { ping } from './up/ping.ts';
import { presence } from './up/presence.ts';
import { unwatch } from './up/unwatch.ts';
import { watch } from './up/watch.ts';

export type { Position } from './position.ts';

/** Every message from a client. A new one is a file and a row here. */
export const UP = {
  hello,
  watch,
  unwatch,
  command,
  console: consoleRequest,
  presence,
  diverged,
  ping,
} as const;

export const up = z.discriminatedUnion('t', [
  hello,
  watch,
  unwatch,
  command,
  consoleRequest,
  presence,
  diverged,
  ping,
]);

export type Up = z.output<typeof up>;

/** As a client writes it: what has a default may be left out. */
export type UpInput = z.input<typeof up>;

export type UpKind = Up['t'];

export type Hello = z.output<typeof hello>;
export type Watch = z.output<typeof watch>;
export type Command = z.output<typeof command>;
export type Presence = z.output<typeof presence>;
export type ConsoleRequest = z.output<typeof consoleRequest>;
export type ConsoleWhat = ConsoleRequest['what'];

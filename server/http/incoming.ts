import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Incoming } from '../course/port.ts';

/** What the socket adds is only there behind a real server; a request made in a test has none. */
export interface Env {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** The pattern of the route that answers: what metrics and logs may say, as addresses hold tokens. */
    pattern: string;
  };
}

export const incomingOf = (c: Context<Env>): Incoming => ({
  headers: c.req.header(),
  remoteAddress: c.env?.incoming?.socket.remoteAddress,
});

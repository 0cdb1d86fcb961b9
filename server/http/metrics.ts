import { createHash, timingSafeEqual } from 'node:crypto';
import { Histogram, type Registry } from 'prom-client';
import { type Edge, header, isLoopbackHost } from '../course/edge.ts';
import type { Incoming } from '../course/port.ts';

export interface Observed {
  readonly method: string;
  /** The pattern of the route, never the address: addresses hold tokens. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export const observeHttp = (registry: Registry): ((observed: Observed) => void) => {
  const duration = new Histogram({
    name: 'enlighten_http_request_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return ({ method, route, status, seconds }) =>
    duration.observe({ method, route, status: String(status) }, seconds);
};

/** This machine itself, or whoever has the token. */
export const mayReadMetrics = (
  incoming: Incoming,
  { edge, token }: { readonly edge: Edge; readonly token: string | undefined },
): boolean => {
  const given = /^Bearer (.+)$/.exec(header(incoming, 'authorization') ?? '')?.[1];
  if (token !== undefined && given !== undefined) return isSame(given, token);
  return isThisMachine(incoming, edge);
};

/** A proxy on this machine connects from here too, so nothing may have been passed on by one. */
const isThisMachine = (incoming: Incoming, edge: Edge): boolean => {
  const address = incoming.remoteAddress ?? '';
  const passedOn = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    name => header(incoming, name) !== undefined,
  );
  const isLoopback = /^(?:::ffff:)?127\./.test(address) || address === '::1';
  // A page that has its name point at this machine would ask under that name.
  return (
    isLoopback && !passedOn && !edge.trustProxy && isLoopbackHost(header(incoming, 'host') ?? '')
  );
};

const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

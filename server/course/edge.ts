import type { Incoming } from './port.ts';

// The edge of the house: which address a request came to, which page it came from, which machine it
// came from. Only the socket is believed, unless the settings say that a proxy of ours stands before it.

export interface Edge {
  /** `https://lab.example`, or null: then the address that the browser used is right. */
  readonly publicUrl: string | null;
  /** The one proxy before us overwrites or appends X-Forwarded-For, -Host and -Proto. */
  readonly trustProxy: boolean;
}

/** Host names with an optional port. What does not look so never reaches a header or a link. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

export const header = ({ headers }: Incoming, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

/** `lab.example:3000`: where the browser thinks we are; null when it does not say so sensibly. */
export const ownHost = (incoming: Incoming, edge: Edge): string | null => {
  if (edge.publicUrl !== null) return new URL(edge.publicUrl).host;
  const forwarded = edge.trustProxy ? nearest(header(incoming, 'x-forwarded-host')) : undefined;
  const host = forwarded ?? header(incoming, 'host');
  return host !== undefined && HOST.test(host) ? host.toLowerCase() : null;
};

/** `https://lab.example`, without a slash at the end: what links begin with. */
export const ownUrl = (incoming: Incoming, edge: Edge): string | null => {
  if (edge.publicUrl !== null) return new URL(edge.publicUrl).origin;
  const host = ownHost(incoming, edge);
  if (host === null) return null;
  const forwarded = edge.trustProxy ? nearest(header(incoming, 'x-forwarded-proto')) : undefined;
  return `${forwarded === 'https' ? 'https' : 'http'}://${host}`;
};

export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/**
 * Whether a request may change something in the name of the cookie it carries. A browser says where
 * the page came from in Origin on every POST, PATCH, DELETE and WebSocket; what is no browser carries
 * no cookie that it was not given, and says nothing.
 */
export const isOwnPage = (incoming: Incoming, edge: Edge): boolean => {
  const claimed = header(incoming, 'origin');
  if (claimed === undefined) {
    const site = header(incoming, 'sec-fetch-site');
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (!URL.canParse(claimed)) return false; // `null`, as sandboxed frames and local files say
  const page = new URL(claimed);
  if (edge.publicUrl !== null) return page.origin === new URL(edge.publicUrl).origin;
  // Only the host is compared: a proxy that ends TLS changes the scheme, and an attacker cannot.
  const host = ownHost(incoming, edge);
  return host !== null && page.host === new URL(`${page.protocol}//${host}`).host;
};

/** The machine that asks, for limits and the audit. */
export const clientAddress = (incoming: Incoming, edge: Edge): string => {
  const forwarded = edge.trustProxy ? nearest(header(incoming, 'x-forwarded-for')) : undefined;
  const address = forwarded ?? incoming.remoteAddress ?? 'unknown';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
};

/** Of a list of hops only the last was written by our own proxy. */
const nearest = (list: string | undefined): string | undefined =>
  list?.split(',').at(-1)?.trim() || undefined;

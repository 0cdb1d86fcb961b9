import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOwnPage } from '../course/edge.ts';
import type { Edge } from '../course/edge.ts';
import type { Identity, Incoming, Viewer } from '../course/port.ts';
import { SUBPROTOCOL, isOurSubprotocol } from '../protocol/wire/version.ts';
import type { Acquaintances } from './acquaintance.ts';
import type { HubLog } from './port.ts';

export const PATH = '/ws';

/** Sockets whose session is being looked up; beyond, a flood would only queue at the database. */
const LOOKUPS = 200;
const LOOKUP_MS = 10_000;

const STATUS = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  426: 'Upgrade Required',
  503: 'Service Unavailable',
} as const;

export interface Admitted {
  /** Null without a session: the socket is opened only to say so by a close code. */
  readonly viewer: Viewer | null;
  readonly incoming: Incoming;
  readonly isCurrent: boolean;
}

/** Decides about an upgrade before there is a socket: what is refused here costs nothing. */
export class Gatekeeper {
  readonly #identity: Pick<Identity, 'identify'>;
  readonly #edge: Edge;
  readonly #log: HubLog;
  readonly #acquaintances: Acquaintances;
  #lookups = 0;
  isOpen = true;

  constructor(around: {
    readonly identity: Pick<Identity, 'identify'>;
    readonly edge: Edge;
    readonly log: HubLog;
    readonly acquaintances: Acquaintances;
  }) {
    this.#identity = around.identity;
    this.#edge = around.edge;
    this.#log = around.log;
    this.#acquaintances = around.acquaintances;
  }

  /** Null when it was answered here. */
  async admit(request: IncomingMessage, socket: Duplex): Promise<Admitted | null> {
    const incoming: Incoming = {
      headers: request.headers,
      remoteAddress: request.socket.remoteAddress,
    };
    const refusal = this.#refusal(request, incoming);
    if (refusal !== null) return reject(socket, refusal);
    const isCurrent = offered(request).includes(SUBPROTOCOL);
    const known = this.#acquaintances.get(incoming, performance.now());
    if (known !== null) return { viewer: known, incoming, isCurrent };
    const { epoch } = this.#acquaintances;
    this.#lookups += 1;
    const deadline = setTimeout(() => socket.destroy(), LOOKUP_MS);
    try {
      const viewer = await this.#identity.identify(incoming);
      if (viewer !== null) {
        this.#acquaintances.keep(incoming, viewer, performance.now(), epoch);
      }
      return { viewer, incoming, isCurrent };
    } catch (error) {
      this.#log.error({ err: error }, 'a session could not be looked up');
      return reject(socket, 503);
    } finally {
      clearTimeout(deadline);
      this.#lookups -= 1;
    }
  }

  #refusal(request: IncomingMessage, incoming: Incoming): keyof typeof STATUS | null {
    if (new URL(request.url ?? '/', 'http://hub').pathname !== PATH) return 404;
    if (!this.isOpen || this.#lookups >= LOOKUPS) return 503;
    if (!isOwnPage(incoming, this.#edge)) return 403;
    if (request.method !== 'GET' || request.headers['sec-websocket-key'] === undefined) return 400;
    return offered(request).some(isOurSubprotocol) ? null : 426;
  }
}

/** The subprotocol to answer with: our version, or that of an older page so that it can be told. */
export function chooseSubprotocol(offers: ReadonlySet<string>): string | false {
  if (offers.has(SUBPROTOCOL)) return SUBPROTOCOL;
  return [...offers].find(isOurSubprotocol) ?? false;
}

function offered({ headers }: IncomingMessage): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
}

function reject(socket: Duplex, status: keyof typeof STATUS): null {
  if (!socket.destroyed) {
    const more = status === 426 ? `Sec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n` : '';
    const head = `HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n${more}\r\n`;
    socket.end(head, () => socket.destroy());
  }
  return null;
}

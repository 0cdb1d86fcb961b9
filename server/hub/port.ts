import type { Server } from 'node:http';
import type { Registry } from 'prom-client';
import type { may } from '../course/authorisation.ts';
import type { Edge } from '../course/edge.ts';
import type { Labs as Catalogue, Identity, Revocations } from '../course/port.ts';
import type { Labs } from '../lab/port.ts';
import type { WireLimits } from '../protocol/wire/limit.ts';

/** What the hub is given by the composition root. */
export interface HubOptions {
  readonly server: Server;
  readonly labs: Labs;
  readonly identity: Pick<Identity, 'identify'>;
  readonly catalogue: Pick<Catalogue, 'roleIn'>;
  readonly revocations: Pick<Revocations, 'listen'>;
  readonly edge: Edge;
  /** Another table of rights than the house's own. */
  readonly may?: typeof may;
  /** How often a session and a role are asked for again, for what no revocation told of. */
  readonly recheckMs?: number;
  readonly limits?: Partial<WireLimits>;
  readonly log: HubLog;
  readonly metrics?: Registry;
  /** How busy the thread was since it was last asked; measured when it is not given. */
  readonly utilisation?: () => number;
}

export interface Hub {
  /** Sends everybody away, spread over some time, and takes nobody any more. */
  drain(options?: { readonly spreadMs?: number }): Promise<void>;
  readonly figures: Figures;
}

export interface HubLog {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

/** Counts that only grow. Plain numbers, so that counting costs nothing on the way out. */
export interface Figures {
  connections: number;
  messagesIn: number;
  bytesIn: number;
  /** Messages that left, counted once for each connection they left on. */
  messagesOut: number;
  bytesOut: number;
  /** Writes to sockets: with messages, how many of them one write carries. */
  writes: number;
  /** How often a reader was given what everyone live in a scope was given. */
  deliveries: number;
  commands: number;
  divergences: number;
  /** A subscription was too slow for its packets and is told later what it missed. */
  fellBehind: number;
  tracesDropped: number;
  gaugesConflated: number;
  refused: Map<string, number>;
}

export function noFigures(): Figures {
  return {
    connections: 0,
    messagesIn: 0,
    bytesIn: 0,
    messagesOut: 0,
    bytesOut: 0,
    writes: 0,
    deliveries: 0,
    commands: 0,
    divergences: 0,
    fellBehind: 0,
    tracesDropped: 0,
    gaugesConflated: 0,
    refused: new Map(),
  };
}

import { Counter, Gauge, type Registry } from 'prom-client';
import type { Figures } from './port.ts';

export interface Waiting {
  readonly connections: number;
  readonly labs: number;
  readonly bytes: number;
  readonly windowMs: number;
}

type Plain = Exclude<keyof Figures, 'refused'>;

const COUNTERS: { readonly [name in Plain]: readonly [metric: string, help: string] } = {
  connections: ['connections_total', 'Sockets that were opened with a session.'],
  messagesIn: ['messages_in_total', 'Messages from clients.'],
  bytesIn: ['bytes_in_total', 'Bytes of messages from clients.'],
  messagesOut: ['messages_out_total', 'Messages to clients, once for each of them.'],
  bytesOut: ['bytes_out_total', 'Bytes to clients, once for each of them.'],
  writes: ['writes_total', 'Writes to sockets.'],
  deliveries: ['deliveries_total', 'Times a reader was given what everyone in a scope was given.'],
  commands: ['commands_total', 'Commands given to labs.'],
  divergences: ['divergences_total', 'Scopes of which a client had another hash than its lab.'],
  fellBehind: ['fell_behind_total', 'Subscriptions that could not keep up and caught up later.'],
  tracesDropped: ['traces_dropped_total', 'Trace messages a slow reader did not get.'],
  gaugesConflated: ['gauges_conflated_total', 'Gauge messages of which a slow reader got the sum.'],
};

/** Tells a registry how to read the figures; nothing is counted twice. */
export function registerFigures(
  registry: Registry,
  figures: Figures,
  waiting: () => Waiting,
): void {
  for (const plain of Object.keys(COUNTERS) as Plain[]) {
    const [metric, help] = COUNTERS[plain];
    const counter: Counter = new Counter({
      name: `enlighten_hub_${metric}`,
      help,
      registers: [registry],
      collect() {
        counter.reset();
        counter.inc(figures[plain]);
      },
    });
  }
  const refused: Counter<'kind'> = new Counter({
    name: 'enlighten_hub_refused_total',
    help: 'Messages and connections that were refused, by kind.',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      refused.reset();
      for (const [kind, count] of figures.refused) refused.inc({ kind }, count);
    },
  });
  const now: Gauge<'what'> = new Gauge({
    name: 'enlighten_hub_now',
    help: 'Open connections, labs somebody is in, bytes that wait to be read, milliseconds of a tick.',
    labelNames: ['what'],
    registers: [registry],
    collect() {
      const { connections, labs, bytes, windowMs } = waiting();
      now.set({ what: 'connections' }, connections);
      now.set({ what: 'labs' }, labs);
      now.set({ what: 'waiting_bytes' }, bytes);
      now.set({ what: 'window_ms' }, windowMs);
    },
  });
}

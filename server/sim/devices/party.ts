import type { Component } from '../../protocol/fact.ts';

/** Who speaks at either end of a channel, by device: the sender and the addressee of its packets. */
interface Parties {
  readonly host: Component;
  readonly guest: Component;
}

/** Served by the worker process; the service or driver in the guest has no name of its own here. */
const SERVICE: Parties = { host: 'vmwp', guest: 'ic' };
const WORKER: Parties = { host: 'vmwp', guest: 'guest' };

const PARTIES: { readonly [device: string]: Parties } = {
  storvsp: { host: 'storvsp', guest: 'storvsc' },
  'ide-accelerator': { host: 'storvsp', guest: 'storvsc' },
  netvsp: { host: 'netvsp', guest: 'netvsc' },
};

export function partiesOf(device: string): Parties {
  return PARTIES[device] ?? (device.startsWith('ic-') ? SERVICE : WORKER);
}

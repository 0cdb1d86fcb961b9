/**
 * What one connection, one person, one lab may use up on the wire: enforced by the hub, announced in
 * `welcome`. Rates are token buckets of a person, over all of that person's connections; `burst` is
 * the size of the bucket.
 */
export const WIRE_LIMITS = {
  helloBytes: { value: 8 * 1024, about: 'bytes before the lab has let somebody in' },
  helloMs: { value: 5_000, about: 'time from the upgrade to `hello`' },
  messageBytes: { value: 64 * 1024, about: 'bytes of one message' },
  messagesPerSecond: { value: 100, about: 'messages of a connection; beyond, reading pauses' },
  messagesBurst: { value: 400, about: 'messages at once' },
  commandsPerSecond: { value: 20, about: '`command` of a person' },
  commandsBurst: { value: 40, about: '`command` at once' },
  watchesPerSecond: { value: 5, about: '`watch` and `diverged` of a person' },
  watchesBurst: { value: 100, about: '`watch` and `diverged` at once' },
  presencePerSecond: { value: 30, about: '`presence` of a person' },
  presenceBurst: { value: 60, about: '`presence` at once' },
  scopesPerConnection: { value: 32, about: 'scopes a connection watches' },
  connectionsPerPerson: { value: 8, about: 'connections of a person' },
  connectionsPerLab: { value: 300, about: 'connections of a lab' },
  commandsPending: { value: 200, about: 'commands of a connection that wait for an answer' },
  commandsPendingPerLab: { value: 1_000, about: 'commands of a lab that wait for an answer' },
  silenceMs: { value: 60_000, about: 'time without any message from a client' },
  stuckMs: { value: 15_000, about: 'time without a byte read by a client that has bytes waiting' },
  queuedBytes: { value: 1024 * 1024, about: 'bytes that wait for one connection' },
} as const satisfies { readonly [name: string]: { value: number; about: string } };

/** The newest facts of a scope that whoever comes is told. */
export const FACTS_IN_A_PICTURE = 500;

export type WireLimitName = keyof typeof WIRE_LIMITS;
export type WireLimits = Readonly<Record<WireLimitName, number>>;

/** The limits of this installation: the table, with what its settings say otherwise. */
export function wireLimits(changed: Partial<WireLimits> = {}): WireLimits {
  const limits = {} as Record<WireLimitName, number>;
  for (const name of Object.keys(WIRE_LIMITS) as WireLimitName[]) {
    limits[name] = changed[name] ?? WIRE_LIMITS[name].value;
  }
  return limits;
}

/**
 * Commands at another rate, in the table's proportions; and as many more of the messages that carry
 * them, but never fewer: people who may do little may still look.
 */
export function ratesFor(commandsPerSecond: number): Partial<WireLimits> {
  const times = commandsPerSecond / WIRE_LIMITS.commandsPerSecond.value;
  const more = Math.max(1, times);
  const { commandsBurst, messagesPerSecond, messagesBurst } = WIRE_LIMITS;
  return {
    commandsPerSecond,
    commandsBurst: Math.ceil(commandsBurst.value * times),
    messagesPerSecond: Math.ceil(messagesPerSecond.value * more),
    messagesBurst: Math.ceil(messagesBurst.value * more),
  };
}

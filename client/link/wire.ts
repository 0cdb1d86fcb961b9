// What the link needs of the world: a socket and a clock. Nothing below names the DOM or Node.

export interface WireEvents {
  opened(): void;
  received(text: string): void;
  /** Also when it never opened. `reason` is the name of the wire's error, where the server gave one. */
  closed(code: number, reason: string): void;
}

/** One attempt at a connection. */
export interface Wire {
  send(text: string): void;
  /** Lets go of it; nothing is heard of it any more. */
  close(): void;
}

export type Connect = (url: string, subprotocol: string, events: WireEvents) => Wire;

export interface LinkClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Gives back how to cancel. */
  after(ms: number, run: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

export const systemClock: LinkClock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Raised whenever the hash of the messages changes; a page of another version is told to reload. */
export const WIRE_VERSION = 1;

/** What each version's messages hash to. A row of a version that anybody runs is never edited. */
export const WIRE_HASHES: { readonly [version: number]: string } = {
  1: 'fc147f243b54998b',
};

const PREFIX = 'enlighten.';

/** The WebSocket subprotocol. */
export const SUBPROTOCOL = `${PREFIX}${WIRE_VERSION}`;

export function isOurSubprotocol(name: string): boolean {
  return name.startsWith(PREFIX);
}

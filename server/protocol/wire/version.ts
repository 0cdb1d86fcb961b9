/** The WebSocket subprotocol. Raised whenever the hash of the format changes. */
export const WIRE_VERSION = 1;

export const SUBPROTOCOL = `enlighten.${WIRE_VERSION}`;

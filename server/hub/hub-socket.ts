import { WebSocket } from 'ws';
import type { WireErrorKind } from '../protocol/wire/error.ts';

/** What ws found wrong with a frame, by the code it would close with. */
const KINDS: { readonly [code: number]: WireErrorKind } = {
  1002: 'malformed',
  1007: 'malformed',
  1008: 'malformed',
  1009: 'too-large',
};

/** A socket that ends by our own codes even when it is ws that finds a frame broken or too large. */
export class HubSocket extends WebSocket {
  /** Called in place of a close by ws itself; the connection says why and closes. */
  broken: ((kind: WireErrorKind) => void) | null = null;

  override close(code?: number, reason?: string | Buffer): void {
    const kind = code === undefined ? undefined : KINDS[code];
    const { broken } = this;
    if (kind === undefined || broken === null || this.readyState !== WebSocket.OPEN) {
      super.close(code, reason);
      return;
    }
    // Only once: a client that closes with one of these codes is answered with it.
    this.broken = null;
    broken(kind);
  }
}

import type { Problem } from '../../server/protocol/wire/down.ts';
import type { WireErrorKind } from '../../server/protocol/wire/error.ts';
import { WIRE_ERRORS } from '../../server/protocol/wire/error.ts';
import type { Connection } from './port.ts';

/** Why a connection is over for good: in the server's words where they are about this. */
export function ending(
  code: number,
  reason: string,
  last: Problem | null,
): Extract<Connection, { phase: 'closed' }> {
  const known = Object.hasOwn(WIRE_ERRORS, reason) ? WIRE_ERRORS[reason as WireErrorKind] : null;
  const words = last?.kind === reason ? last : known;
  return {
    phase: 'closed',
    kind: reason === '' ? String(code) : reason,
    message: words?.message ?? `Closed with ${code}.`,
  };
}

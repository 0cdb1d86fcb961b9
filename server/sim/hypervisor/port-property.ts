import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { portKey } from './partition-id.ts';
import { hasVp } from './port.ts';

/** HvPortProperty: TLFS 2.0a chapter 14. */
export const PORT_PROPERTY = { postCount: 0, preferredTargetVp: 1 } as const;

type Port = RecordOf<'port'>;

interface PortProperty {
  readonly get: (port: Port) => number;
  /** Null for what can only be read. */
  readonly changes: ((value: number) => Partial<Values<'port'>>) | null;
}

const PROPERTIES: { readonly [code: number]: PortProperty } = {
  [PORT_PROPERTY.postCount]: {
    get: ({ messages, waiting }) => messages + waiting.length,
    changes: null,
  },
  [PORT_PROPERTY.preferredTargetVp]: {
    get: ({ targetVp }) => targetVp,
    changes: targetVp => ({ targetVp }),
  },
};

export function getPortProperty(
  { turn, target }: CallContext,
  { portId, propertyCode }: HypercallInput['HvGetPortProperty'],
): Outcome<'HvGetPortProperty'> {
  const port = turn.get('port', portKey(target.id, portId));
  if (port === undefined) return refused('INVALID_PORT_ID');
  const property = PROPERTIES[propertyCode];
  if (property === undefined) return refused('UNKNOWN_PROPERTY');
  return succeeded({ propertyValue: BigInt(property.get(port)) });
}

export function setPortProperty(
  { turn, target }: CallContext,
  { portId, propertyCode, propertyValue }: HypercallInput['HvSetPortProperty'],
): Outcome<'HvSetPortProperty'> {
  const port = turn.get('port', portKey(target.id, portId));
  if (port === undefined) return refused('INVALID_PORT_ID');
  const property = PROPERTIES[propertyCode];
  if (property === undefined) return refused('UNKNOWN_PROPERTY');
  if (property.changes === null) return refused('INVALID_PARAMETER');
  const targetVp = Number(propertyValue);
  if (!hasVp(turn, target.id, targetVp)) return refused('INVALID_VP_INDEX');
  turn.patch('port', port.id, property.changes(targetVp));
  return succeeded({});
}

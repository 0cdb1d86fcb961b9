import fc from 'fast-check';
import type { WireErrorKind } from '../../server/protocol/wire/error.ts';
import { up } from '../../server/protocol/wire/up.ts';
import { frame, text } from './raw-frames.ts';

// What nobody who means well would send, and the kind of error each of it must be answered with.

/** Bytes that end their connection. */
export interface Ending {
  readonly what: string;
  readonly bytes: Buffer;
  readonly kind: WireErrorKind;
}

/** A message that is refused while its connection goes on. */
export interface Refused {
  readonly message: object;
  /** What its error is about. */
  readonly about: string;
  readonly kind: WireErrorKind;
}

const PING = '{"t":"ping","n":1}';
const HELLO = '{"t":"hello","lab":"lab:x","client":"client-0001"}';

/** Wrong whenever they come: frames that are none, messages that are none, and more than is taken. */
const ALWAYS: readonly Ending[] = [
  { what: 'a frame without a mask', bytes: frame({ payload: PING, isMasked: false }) },
  { what: 'a frame that says it is compressed', bytes: frame({ payload: PING, reserved: 4 }) },
  { what: 'a reserved bit', bytes: frame({ payload: PING, reserved: 1 }) },
  { what: 'an opcode there is not', bytes: frame({ payload: PING, opcode: 3 }) },
  { what: 'a control opcode there is not', bytes: frame({ opcode: 11 }) },
  { what: 'a ping in pieces', bytes: frame({ opcode: 9, isFinal: false }) },
  { what: 'a long ping', bytes: frame({ opcode: 9, payload: 'x'.repeat(126) }) },
  { what: 'the rest of nothing', bytes: frame({ opcode: 0, payload: PING }) },
  {
    what: 'a message within a message',
    bytes: Buffer.concat([frame({ payload: '{', isFinal: false }), text(PING)]),
  },
  { what: 'what is no UTF-8', bytes: frame({ payload: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }) },
  { what: 'half a character', bytes: frame({ payload: Buffer.from([0xed, 0xa0, 0x80]) }) },
  { what: 'a close frame of one byte', bytes: frame({ opcode: 8, payload: 'x' }) },
  { what: 'a close code there is not', bytes: frame({ opcode: 8, payload: Buffer.from([0, 1]) }) },
  { what: 'nothing', bytes: text('') },
  { what: 'a null byte', bytes: text('\0') },
  { what: 'deep nesting', bytes: text('['.repeat(4_000)) },
  { what: 'an unknown kind', bytes: text('{"t":"sudo"}') },
  { what: 'a kind of Object', bytes: text('{"t":"__proto__"}') },
  { what: 'another role', bytes: text('{"t":"ping","n":1,"role":"instructor"}') },
  { what: 'a number beyond all', bytes: text('{"t":"ping","n":1e999}') },
].map(ending => ({ ...ending, kind: 'malformed' as const }));

const OVERSIZED: readonly Ending[] = [
  { what: 'a frame of 70,000 bytes', bytes: frame({ payload: 'x'.repeat(70_000) }) },
  { what: 'a frame that claims a terabyte', bytes: frame({ claims: 1n << 40n }) },
  { what: 'a frame that claims more than there is', bytes: frame({ claims: (1n << 63n) - 1n }) },
  {
    what: 'a message of many small pieces',
    bytes: Buffer.concat([
      frame({ payload: 'x'.repeat(2_000), isFinal: false }),
      ...Array.from({ length: 40 }, () =>
        frame({ payload: 'x'.repeat(2_000), isFinal: false, opcode: 0 }),
      ),
    ]),
  },
].map(ending => ({ ...ending, kind: 'too-large' as const }));

const BINARY: Ending = {
  what: 'bytes',
  bytes: frame({ opcode: 2, payload: Buffer.from([1, 2, 3]) }),
  kind: 'not-text',
};

/** Texts that are no message, by seed. */
function nonsense(seed: number, count: number): readonly Ending[] {
  const texts = fc
    .oneof(
      fc.string({ unit: 'binary-ascii', maxLength: 200 }),
      fc.json({ maxDepth: 3 }),
      fc
        .tuple(fc.constantFrom(PING, HELLO), fc.nat(40))
        .map(([message, at]) => message.slice(0, at)),
      fc
        .tuple(fc.constantFrom('t', 'n', 'lab', 'scope', 'id'), fc.jsonValue())
        .map(([key, value]) => JSON.stringify({ t: 'watch', [key]: value })),
    )
    .filter(one => !isMessage(one));
  return fc
    .sample(texts, { numRuns: count, seed })
    .map(one => ({ what: JSON.stringify(one), bytes: text(one), kind: 'malformed' }));
}

function isMessage(one: string): boolean {
  try {
    return up.safeParse(JSON.parse(one)).success;
  } catch {
    return false;
  }
}

/** In place of hello. */
export const beforeHello = (seed: number, count: number): readonly Ending[] => [
  ...ALWAYS,
  ...OVERSIZED,
  BINARY,
  { what: 'a ping', bytes: text(PING), kind: 'out-of-order' },
  {
    what: 'a command',
    bytes: text('{"t":"command","id":"command-0000000001","op":"vm.start","args":{}}'),
    kind: 'out-of-order',
  },
  { what: 'a lab of others', bytes: text(HELLO), kind: 'not-found' },
  { what: 'much before hello', bytes: text(' '.repeat(9_000)), kind: 'too-large' },
  ...nonsense(seed, count),
];

/** After hello was answered. */
export const afterHello = (seed: number, count: number): readonly Ending[] => [
  ...ALWAYS,
  ...OVERSIZED,
  BINARY,
  { what: 'hello again', bytes: text(HELLO), kind: 'out-of-order' },
  ...nonsense(seed + 1, count),
];

/** The n-th message that is refused. */
export function refused(n: number): Refused {
  const id = `hostile-command-${n}`;
  const command = (op: string, args: object, kind: WireErrorKind): Refused => ({
    message: { t: 'command', id, op, args },
    about: id,
    kind,
  });
  switch (n % 9) {
    case 0:
      return command('vm.explode', {}, 'unknown-operation');
    case 1:
      return command('constructor', {}, 'unknown-operation');
    case 2:
      return command('clock.sleep', {}, 'unknown-operation');
    case 3:
      return command('vm.start', { vm: 'host:HV01' }, 'bad-arguments');
    case 4:
      return command('vm.rename', { vm: 'vm:1', name: `a\u202e${n}` }, 'bad-arguments');
    case 5:
      return command('clock.speed', { speed: -n }, 'bad-arguments');
    case 6:
      return command('vm.start', { vm: 'vm:1', person: 'person:ada' }, 'bad-arguments');
    case 7:
      return command('vm.create', { name: 'x'.repeat(101) }, 'bad-arguments');
    default: {
      const scope = `vm:hostile-${n}`;
      return { message: { t: 'watch', scope, from: null }, about: scope, kind: 'no-such-scope' };
    }
  }
}

// Just enough of each server's protocol to be let in and to know one message from another.

export interface Talk {
  say(text: string): void;
  /** It has the state at the head and is told everything from here on. */
  live(by: 'state' | 'delta'): void;
}

export interface Conversation {
  opened(): void;
  /** True for a delivery: a message that was broadcast. */
  heard(payload: Buffer): boolean;
}

export interface Dialect {
  readonly path: string;
  readonly subprotocol: string | null;
  begin(talk: Talk): Conversation;
}

/** A server that says something at once, and from then on whatever it broadcasts. */
export const bare: Dialect = {
  path: '/ws',
  subprotocol: null,
  begin(talk) {
    let isLive = false;
    return {
      opened: () => undefined,
      heard: () => {
        if (isLive) return true;
        isLive = true;
        talk.live('state');
        return false;
      },
    };
  },
};

/** Engine.IO 4 over WebSocket alone: `0` open, `40` connect, `42` event, `2` ping, `3` pong. */
export const socketIo: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  subprotocol: null,
  begin(talk) {
    let isLive = false;
    return {
      opened: () => undefined,
      heard(payload) {
        const kind = payload.subarray(0, 2).toString();
        if (kind.startsWith('0')) talk.say('40');
        else if (kind.startsWith('2')) talk.say('3');
        else if (kind === '42' && isLive) return true;
        else if (kind === '42') {
          isLive = true;
          talk.live('state');
        }
        return false;
      },
    };
  },
};

/** Where a client of ours is, by scope: what it begins with when it comes back. */
export type Positions = Map<string, { readonly lineage: number; readonly turn: number }>;

export interface Ours {
  readonly lab: string;
  readonly scopes: readonly string[];
  /** Kept up to date, so that who is cut goes on from there; null for who is never cut. */
  readonly positions: Positions | null;
}

const HEADER =
  /^\{"t":"(picture|packet|beat)","scope":"([^"]+)","lineage":(\d+),(?:"from":\d+,"to"|"turn"):(\d+)/;

/** A server hears nothing from who only looks, and lets go of who says nothing for a minute. */
const SAY_AFTER_MS = 20_000;

export function ours({ lab, scopes, positions }: Ours): Dialect {
  return {
    path: '/ws',
    subprotocol: 'enlighten.1',
    begin(talk) {
      const awaited = new Set(scopes);
      let saidAt = performance.now();
      return {
        opened() {
          talk.say(JSON.stringify({ t: 'hello', lab, client: 'bench-reader' }));
          for (const scope of scopes) {
            const from = positions?.get(scope) ?? null;
            talk.say(JSON.stringify({ t: 'watch', scope, from }));
          }
        },
        heard(payload) {
          if (performance.now() - saidAt > SAY_AFTER_MS) {
            saidAt = performance.now();
            talk.say('{"t":"ping","n":0}');
          }
          const isPacket = payload[6] === 0x70 && payload[7] === 0x61; // {"t":"pa
          if (awaited.size === 0 && positions === null) return isPacket;
          const [, kind, scope = '', lineage, turn] =
            HEADER.exec(payload.toString('latin1', 0, 300)) ?? [];
          const isWhole = kind === 'packet' || kind === 'beat' || isLastPart(payload, kind);
          if (!isWhole) return false;
          positions?.set(scope, { lineage: Number(lineage), turn: Number(turn) });
          if (awaited.size === 0) return isPacket;
          if (kind === 'beat' || !awaited.delete(scope) || awaited.size > 0) return false;
          talk.live(kind === 'packet' ? 'delta' : 'state');
          return false;
        },
      };
    },
  };
}

function isLastPart(payload: Buffer, kind: string | undefined): boolean {
  return kind === 'picture' && payload.toString('latin1', 0, 400).includes('"last":true');
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody who may enter a lab: what a browser would have after opening a join link. */
export interface Ticket {
  readonly lab: string;
  readonly person: string;
  readonly cookie: string;
}

interface Refused {
  readonly error: { readonly kind: string; readonly message: string };
  readonly retryAfterSeconds?: number;
}

/** Joins by the token of a join link, as a new guest of that name. */
export async function joinAs(house: string, token: string, name: string): Promise<Ticket> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await fetch(new URL('/api/join', house), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // A lab that had bots before has their names too.
      body: JSON.stringify({ token, name: attempt === 0 ? name : `${name} (${attempt + 1})` }),
    });
    if (response.ok) {
      const { lab, me } = (await response.json()) as {
        lab: { lab: string };
        me: { person: string };
      };
      return { lab: lab.lab, person: me.person, cookie: cookieOf(response) };
    }
    const wait = Number(response.headers.get('retry-after') ?? 1);
    const isTaken = response.status === 422;
    const isBusy = response.status === 429 || response.status === 503;
    if ((!isBusy && !isTaken) || attempt === 20) {
      const { error } = (await response.json()) as Refused;
      throw new Error(`${name} could not join: ${error.kind}, ${error.message}`);
    }
    if (!isTaken) await sleep(Math.max(1, wait) * 1_000);
  }
}

function cookieOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0] ?? '')
    .join('; ');
}

/** Where the sockets of a house are. */
export function socketUrl(house: string): string {
  const url = new URL('/ws', house);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

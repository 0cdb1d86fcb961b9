import { openLink } from '../../client/link/link.ts';
import type { Link } from '../../client/link/port.ts';
import { socketUrl } from '../bots/entrance.ts';
import { wsWire } from '../bots/ws-wire.ts';
import type { Visitor } from '../kill/entry.ts';
import type { BenchHouse } from './bench-house.ts';

/** Somebody of a house in a lab, over the one client library. */
export function enter(house: BenchHouse, lab: string, { cookie }: Visitor): Link {
  return openLink({ url: socketUrl(house.url), lab, connect: wsWire(cookie) });
}

/** Resolves once something is so; looks again after every change and every tenth of a second. */
export async function until(
  link: Link,
  isSo: () => boolean,
  milliseconds = 120_000,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it never came to that');
    await new Promise<void>(resolve => {
      const stop = link.listen(done);
      const timer = setTimeout(done, 100);
      function done(): void {
        clearTimeout(timer);
        stop();
        resolve();
      }
    });
  }
}

/** Starts every machine of a lab, at 60x, and comes back to 1x when all of them answer. */
export async function startAll(link: Link): Promise<number> {
  link.watch('lab');
  await until(link, () => [...(link.scope('lab')?.records('vm') ?? [])].length > 0);
  const machines = [...(link.scope('lab')?.records('vm') ?? [])].map(({ id }) => id);
  await link.submit('clock.speed', { speed: 60_000 });
  let next = 0;
  const starter = async (): Promise<void> => {
    for (let vm = machines[next]; vm !== undefined; vm = machines[next]) {
      next += 1;
      const result = await link.submit('vm.start', { vm });
      if (!result.ok) throw new Error(`${vm} does not start: ${result.fault.message}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, starter));
  await until(
    link,
    () =>
      [...(link.scope('lab')?.records('vm') ?? [])].every(
        ({ values }) => values['heartbeat'] === 'OkApplicationsUnknown',
      ),
    400_000,
  );
  await link.submit('clock.speed', { speed: 1_000 });
  return machines.length;
}

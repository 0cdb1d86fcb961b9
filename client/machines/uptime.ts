import type { Seen } from '../state/lab-store.ts';

/** How long it ran since it was started, pauses left out; null for what does not run. */
export const uptimeOf = (
  {
    state,
    runningSince,
    uptimeBefore,
  }: Pick<Seen<'vm'>, 'state' | 'runningSince' | 'uptimeBefore'>,
  now: number,
): number | null => {
  if (state === undefined || state === 'Off' || state === 'Saved') return null;
  const running = Math.max(0, now - (runningSince ?? now));
  return (uptimeBefore ?? 0) + running;
};

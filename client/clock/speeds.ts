import type { Seen } from '../state/lab-store.ts';

/** Where there is no job, its next step would be a long way off. */
export const mayStep = (to: (typeof STEPS)[number]['to'], jobs: readonly Seen<'job'>[]): boolean =>
  to !== 'job-step' || jobs.some(({ state }) => state === 'Running');

/** The speeds on offer, in thousandths of real time: from watching a hypercall to skipping a reboot. */
export const SPEEDS = [1, 10, 100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

export const STEPS = [
  { to: 'fact', label: 'Next fact', about: 'the next thing any component does' },
  { to: 'job-step', label: 'Next job step', about: 'the next step of a running task' },
  { to: 'second', label: 'One lab second', about: 'everything of one second' },
] as const;

import { z } from 'zod';
import { operation } from './operation.ts';

const none = z.strictObject({});

export const CLOCK_OPERATIONS = {
  'clock.pause': operation({
    verb: 'clock.control',
    about: 'Stops lab time for everyone.',
    args: none,
  }),
  'clock.resume': operation({
    verb: 'clock.control',
    about: 'Lets lab time run again.',
    args: none,
  }),
  'clock.speed': operation({
    verb: 'clock.control',
    about: 'Sets the speed in thousandths: 1 is 1/1000x, 60000 is 60x.',
    args: z.strictObject({ speed: z.int().min(1).max(60_000) }),
  }),
  'clock.step': operation({
    verb: 'clock.control',
    about: 'While paused, moves to the next fact, the next job step, or by one lab second.',
    args: z.strictObject({ to: z.enum(['fact', 'job-step', 'second']) }),
  }),
} as const;

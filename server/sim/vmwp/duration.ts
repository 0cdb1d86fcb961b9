import { microseconds, milliseconds } from '../../protocol/time.ts';

/** From the guest's power-off until its worker process has taken everything apart (chosen). */
export const CLOSE_AFTER_GUEST = milliseconds(600);

/** What an emulated device takes for an access, and the hypercall that lets the processor run on (chosen). */
export const EMULATION = microseconds(12);

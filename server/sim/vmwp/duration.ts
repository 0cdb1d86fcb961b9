import { milliseconds } from '../../protocol/time.ts';

/** From the guest's power-off until its worker process has taken everything apart (chosen). */
export const CLOSE_AFTER_GUEST = milliseconds(600);

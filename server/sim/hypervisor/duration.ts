import { microseconds } from '../../protocol/time.ts';

/** From a message's copy into its slot until the receiver has taken it and freed the slot (chosen). */
export const MESSAGE_SLOT = microseconds(2);

/** From an event flag's change to 1 until the receiver's interrupt routine sees it (chosen). */
export const EVENT_FLAG = microseconds(1);

import { handler } from '../engine/handler.ts';

/** Both ends of the control path of one bus. */
export const vmbusConnection = handler('vmbus-connection', () => {});

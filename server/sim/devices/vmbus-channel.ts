import { handler } from '../engine/handler.ts';

/** Both ends of a channel: the VSP in the parent, the VSC in the guest. */
export const vmbusChannel = handler('vmbus-channel', () => {});

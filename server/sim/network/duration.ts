import { seconds } from '../../protocol/time.ts';

/** From the network driver's start until DHCP has answered (chosen). */
export const DHCP_LEASE = seconds(2);

/** Until Windows gives up asking and takes an address of its own (chosen). */
export const LINK_LOCAL = seconds(6);

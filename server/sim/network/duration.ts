import { milliseconds, seconds } from '../../protocol/time.ts';

/** Making a port on the switch and connecting an adapter to it (chosen). */
export const CONNECT_PORT = milliseconds(10);

/** From the network driver's start until DHCP has answered (chosen). */
export const DHCP_LEASE = seconds(2);

/** Until Windows gives up asking and takes an address of its own (chosen). */
export const LINK_LOCAL = seconds(6);

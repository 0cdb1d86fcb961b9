import { OFFER_FLAG } from '../../vmbus/offer.ts';
import { defineVsp } from '../vsp.ts';
import { netvsc } from './netvsc.ts';
import { netvsp } from './netvsp.ts';

/** One channel for each synthetic adapter; a legacy one is emulated and has none. */
export const networkAdapter = defineVsp({
  name: 'netvsp',
  interfaceType: 'f8615163-df3e-46c5-913f-f2d2f965ed0e',
  // openvmm offers it without flags; that it has a monitor trigger on 2012 is chosen.
  offerFlags: OFFER_FLAG.RequestMonitoredNotification,
  mmioMegabytes: 0,
  vsp: netvsp,
  vsc: netvsc,
});

import { OFFER_FLAG } from '../../vmbus/offer.ts';
import { defineVsp } from '../vsp.ts';
import { storvsc } from './storvsc.ts';
import { ideOffers, scsiOffers, storvsp } from './storvsp.ts';

/** Which channels use the monitor page on a host of 2012 is chosen: storage and network. */
const OFFER_FLAGS = OFFER_FLAG.EnumerateDeviceInterface | OFFER_FLAG.RequestMonitoredNotification;

export const scsiController = defineVsp({
  name: 'storvsp',
  interfaceType: 'ba6163d9-04a1-4d29-b605-72e2ffb1dc7f',
  offerFlags: OFFER_FLAGS,
  mmioMegabytes: 0,
  vsp: { ...storvsp, offers: scsiOffers },
  vsc: storvsc,
});

/** One channel for each IDE disk, none for a DVD drive. */
export const ideAccelerator = defineVsp({
  name: 'ide-accelerator',
  interfaceType: '32412632-86cb-44a2-9b5c-50d1417354f5',
  offerFlags: OFFER_FLAGS,
  mmioMegabytes: 0,
  vsp: { ...storvsp, offers: ideOffers },
  vsc: storvsc,
});

import { lazy } from 'react';
import type { Tab } from '../route/address.ts';

const xray = () => import('../xray/xray-view.tsx');
const vmbus = () => import('../vmbus/vmbus-view.tsx');
const processes = () => import('../processes/processes-view.tsx');
const events = () => import('../events/events-view.tsx');
const timeline = () => import('../timeline/timeline-view.tsx');

/** Every view but the first, each loaded when it is first looked at or before. */
export const LATER_VIEWS = {
  xray: lazy(() => xray().then(module => ({ default: module.XrayView }))),
  vmbus: lazy(() => vmbus().then(module => ({ default: module.VmbusView }))),
  processes: lazy(() => processes().then(module => ({ default: module.ProcessesView }))),
  events: lazy(() => events().then(module => ({ default: module.EventsView }))),
  timeline: lazy(() => timeline().then(module => ({ default: module.TimelineView }))),
} satisfies Readonly<Record<Exclude<Tab, 'machines'>, unknown>>;

const AFTER_MS = 300;

/**
 * Fetches the other views once the first one stands, one after the other, so that a switch waits for
 * nothing. What cannot be fetched now is fetched when it is looked at. Gives back how to stop.
 */
export const fetchViews = (): (() => void) => {
  let stopped = false;
  const timer = window.setTimeout(() => {
    void (async () => {
      for (const load of [xray, vmbus, events, processes, timeline]) {
        if (stopped) return;
        await load().catch(() => undefined);
      }
    })();
  }, AFTER_MS);
  return () => {
    stopped = true;
    window.clearTimeout(timer);
  };
};

import type { Tab } from '../route/address.ts';
import { later } from '../route/later.ts';

const xray = later(async () => (await import('../xray/xray-view.tsx')).XrayView);
const vmbus = later(async () => (await import('../vmbus/vmbus-view.tsx')).VmbusView);
const processes = later(
  async () => (await import('../processes/processes-view.tsx')).ProcessesView,
);
const events = later(async () => (await import('../events/events-view.tsx')).EventsView);
const timeline = later(async () => (await import('../timeline/timeline-view.tsx')).TimelineView);

/** Every view but the first. */
export const LATER_VIEWS = {
  xray: xray.View,
  vmbus: vmbus.View,
  processes: processes.View,
  events: events.View,
  timeline: timeline.View,
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
      for (const { fetch } of [xray, vmbus, events, processes, timeline]) {
        if (stopped) return;
        await fetch().catch(() => undefined);
      }
    })();
  }, AFTER_MS);
  return () => {
    stopped = true;
    window.clearTimeout(timer);
  };
};

import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';
import type { Tab } from '../route/address.ts';

interface LaterView {
  readonly View: () => ReactNode;
  readonly fetch: () => Promise<unknown>;
}

/**
 * A view that is loaded when it is first looked at or before. What was fetched before is drawn at once:
 * React lets even a promise that is kept already wait, up to a third of a second.
 */
const later = (load: () => Promise<ComponentType>): LaterView => {
  let loaded: ComponentType | null = null;
  const fetch = async () => {
    loaded ??= await load();
    return { default: loaded };
  };
  const Awaited = lazy(fetch);
  const View = () => {
    // Chosen once, so that what came meanwhile does not draw a view anew.
    const [shown] = useState<ComponentType>(() => loaded ?? Awaited);
    return createElement(shown);
  };
  return { View, fetch };
};

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

import type { Tab } from './address.ts';

/** What a view is called, also where somebody else looks at it. */
export const TAB_TITLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    machines: 'Machines',
    xray: 'X-ray',
    vmbus: 'VMBus',
    processes: 'Processes',
    events: 'Events',
    timeline: 'Timeline',
  } satisfies Readonly<Record<Tab, string>>),
);

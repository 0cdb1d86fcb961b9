import { countText } from '../format/amount.ts';
import type { Counters, Seen } from '../state/lab-store.ts';
import type { Box, Rect } from './drawing.ts';
import type { SceneCounters, SceneMachine } from './scene.ts';

/** Height of a channel's line. */
export const LINE = 21;
/** From this width on two stand side by side. */
const TWO_COLUMNS = 330;
const GAP = 8;

/** One line a channel: its number, what it is, how it stands, what went through it, how full its rings are. */
export const channelBoxes = (
  { channels, vm }: SceneMachine,
  at: Rect,
  counters: SceneCounters,
): readonly Box[] => {
  const columns = at.w >= TWO_COLUMNS ? 2 : 1;
  const most = Math.floor(at.h / LINE) * columns;
  const shown = channels.length > most ? channels.slice(0, most - 1) : channels;
  const width = (at.w - GAP * (columns - 1)) / columns;
  const line = (index: number): Rect => ({
    x: at.x + (index % columns) * (width + GAP),
    y: at.y + Math.floor(index / columns) * LINE,
    w: width,
    h: LINE - 3,
  });
  const boxes = shown.map((channel, index) =>
    channelBox(channel, line(index), counters.get(channel.id)),
  );
  if (shown.length === channels.length) return boxes;
  const title = `${channels.length - shown.length} more channels`;
  const rest: Box = {
    ...line(shown.length),
    id: `more-channels ${vm.id}`,
    look: 'quiet',
    tight: true,
    title,
    lines: [],
    inspect: null,
  };
  return [...boxes, rest];
};

const channelBox = (
  channel: Seen<'vmbus-channel'>,
  at: Rect,
  counters: Counters | undefined,
): Box => {
  const { id, relId, label, state, protocol } = channel;
  const packets = (counters?.['packetsToHost'] ?? 0) + (counters?.['packetsToGuest'] ?? 0);
  const name = `${relId ?? ''} ${label ?? ''}`;
  const version = protocol ? ` ${protocol}` : '';
  const stands = state === 'Open' ? `open${version}` : (state ?? '').toLowerCase();
  return {
    ...at,
    id,
    look: state === 'Open' ? 'plain' : 'off',
    title: name,
    lines: [counters === undefined ? stands : `${countText(packets)} pkts`],
    about: `Channel ${name}, ${stands}, ${countText(packets)} packets`,
    tight: true,
    rev: channel.rev,
    inspect: id,
    ...(counters === undefined ? {} : { fill: ringFill(channel, counters) }),
  };
};

export const openChannels = (
  channels: readonly Seen<'vmbus-channel'>[],
): readonly Seen<'vmbus-channel'>[] => channels.filter(({ state }) => state === 'Open');

/** The fullest ring of several channels; null where no counter is known. */
export const ringsFill = (
  channels: readonly Seen<'vmbus-channel'>[],
  counters: SceneCounters,
): number | null => {
  const fills = channels.flatMap(channel => {
    const of = counters.get(channel.id);
    return of === undefined ? [] : [ringFill(channel, of)];
  });
  return fills.length === 0 ? null : Math.max(...fills);
};

const PAGE = 4096;

/** How full the fuller of its two rings is; the first page of each holds the indices. */
export const ringFill = (
  {
    ringPages = 0,
    downstreamPage = 0,
  }: Pick<Seen<'vmbus-channel'>, 'ringPages' | 'downstreamPage'>,
  counters: Counters,
): number => {
  const fill = (pages: number, written = 0, read = 0): number => {
    const size = (pages - 1) * PAGE;
    return size <= 0 ? 0 : ((written - read + size) % size) / size;
  };
  return Math.max(
    fill(downstreamPage, counters['toHostIn'], counters['toHostOut']),
    fill(ringPages - downstreamPage, counters['toGuestIn'], counters['toGuestOut']),
  );
};

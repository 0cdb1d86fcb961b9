import { plural, roughSizeText } from '../format/amount.ts';
import { groupBy } from '../state/group-by.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import type { Level, Part } from './layout.ts';
import type { Scene, SceneFocus, SceneMachine } from './scene.ts';

// The child partitions. The chosen machine is opened; the others are a card each, and where there is no
// room for all of them, a count by state.

const GAP = 8;
const CARD_HEIGHT = 40;
const LEAST_CARD = 112;
const FOCUS_HEIGHT = 168;

export const childBoxes = (scene: Scene, at: Rect, level: Level): Part => {
  const { focus } = scene;
  const others = scene.machines.filter(({ vm }) => vm.id !== focus?.vm.id);
  if (focus === null) return { frames: [], boxes: cards(others, at) };
  const rows = others.length === 0 || level === 'full' ? 0 : 1;
  const least = FOCUS_HEIGHT + (focus.partition ? 0 : -40);
  const room = at.h - rows * (CARD_HEIGHT + GAP);
  const height = rows === 0 ? at.h : Math.max(Math.min(room, Math.max(least, at.h * 0.62)), room / 2);
  const rest = { ...at, y: at.y + height + GAP, h: at.h - height - GAP };
  const opened = focusPart(focus, { ...at, h: height }, level);
  return {
    frames: opened.frames,
    boxes: [...opened.boxes, ...(rows === 0 ? [] : cards(others, rest))],
  };
};

const cards = (machines: readonly SceneMachine[], at: Rect): readonly Box[] => {
  const columns = Math.max(1, Math.floor((at.w + GAP) / (LEAST_CARD + GAP)));
  const rows = Math.max(1, Math.floor((at.h + GAP) / (CARD_HEIGHT + GAP)));
  const width = (at.w - GAP * (columns - 1)) / columns;
  const place = (index: number): Rect => ({
    x: at.x + (index % columns) * (width + GAP),
    y: at.y + Math.floor(index / columns) * (CARD_HEIGHT + GAP),
    w: width,
    h: CARD_HEIGHT,
  });
  const room = columns * rows;
  // Those that do something are worth a card of their own first.
  const sorted = machines.toSorted((a, b) => rank(a) - rank(b));
  const shown = sorted.length > room ? sorted.slice(0, room - 1) : sorted;
  const boxes = shown.map((machine, index) => card(machine, place(index)));
  const rest = sorted.slice(shown.length);
  if (rest.length === 0) return boxes;
  const states = [...groupBy(rest, ({ vm }) => vm.state ?? '')];
  return [
    ...boxes,
    {
      ...place(shown.length),
      id: 'more-machines',
      look: 'quiet',
      title: `${rest.length} more`,
      lines: [states.map(([state, of]) => `${of.length} ${state.toLowerCase()}`).join(', ')],
      inspect: null,
    },
  ];
};

const rank = ({ vm }: SceneMachine): number => {
  if (vm.state === 'Off' || vm.state === 'Saved') return 2;
  return vm.state === 'Running' ? 1 : 0;
};

const card = ({ vm, partition, guest }: SceneMachine, at: Rect): Box => ({
  ...at,
  id: `guest ${vm.id}`,
  look: partition === undefined ? 'off' : 'plain',
  title: vm.name ?? '',
  lines: [
    partition === undefined
      ? `${vm.state ?? ''}, no partition`
      : `id ${partition.number ?? ''}, ${guest?.phase ?? vm.state ?? ''}`,
  ],
  inspect: null,
  choose: vm.id,
});

const focusPart = (focus: SceneFocus, at: Rect, level: Level): Part => {
  const { vm, partition, processors } = focus;
  const frame: Frame = {
    ...at,
    id: `guest ${vm.id} frame`,
    look: partition === undefined ? 'absent' : 'child',
    title: vm.name ?? '',
    note:
      partition === undefined
        ? (vm.state ?? '')
        : `partition id ${partition.number ?? ''}, ${partition.state?.toLowerCase() ?? ''}, ${plural(processors.length, 'VP')}`,
    inspect: partition?.id ?? vm.id,
  };
  const inside = { x: at.x + 12, y: at.y + 27, w: at.w - 24, h: at.h - 37 };
  return {
    frames: [frame],
    boxes: partition === undefined ? [absent(focus, inside)] : present(focus, inside, level),
  };
};

/** A machine that is Off is a configuration and nothing else. */
const absent = ({ vm }: SceneFocus, at: Rect): Box => ({
  ...at,
  h: Math.min(at.h, 64),
  id: `guest ${vm.id}`,
  look: 'off',
  title: vm.state === 'Starting' ? 'No partition yet' : 'No partition, no worker process',
  lines:
    vm.state === 'Saved'
      ? ['Its memory and device state are in files.']
      : ['A configuration that VMMS knows.', `${roughSizeText(vm.memoryStartup ?? 0)}, ${plural(vm.processorCount ?? 1, 'processor')}`],
  inspect: vm.id,
});

const present = (focus: SceneFocus, at: Rect, level: Level): readonly Box[] => {
  const open = focus.channels.filter(({ state }) => state === 'Open').length;
  const rows = 3;
  const gap = 7;
  const channelRows = level === 'full' ? Math.max(0, Math.floor((at.h - 138) / 20)) : 0;
  const channelRoom = channelRows === 0 ? 0 : Math.min(channelRows, focus.channels.length + 1) * 20 + gap;
  const height = Math.min(46, (at.h - channelRoom - gap * (rows - 1)) / rows);
  const row = (index: number): Rect => ({ ...at, y: at.y + index * (height + gap), h: height });
  return [
    ...guestRow(focus, row(0)),
    ...vscRow(focus, row(1)),
    {
      ...row(2),
      id: `vmbus ${focus.vm.id}`,
      look: focus.connection?.state === 'Connected' ? 'plain' : 'off',
      title: 'VMBus client',
      lines: [busLine(focus, open)],
      inspect: focus.connection?.id ?? 'component:vmbus',
    },
    ...(channelRows === 0
      ? []
      : channelBoxes(focus, { ...at, y: at.y + rows * (height + gap), h: channelRoom }, channelRows)),
  ];
};

const busLine = ({ channels, connection }: SceneFocus, open: number): string => {
  if (connection?.state !== 'Connected') {
    return channels.length === 0 ? 'no contact yet' : `no contact yet, ${channels.length} to offer`;
  }
  return `${open} of ${plural(channels.length, 'channel')} open`;
};

const guestRow = ({ vm, guest }: SceneFocus, at: Rect): readonly Box[] => {
  const left = Math.round(at.w * 0.56);
  const firmware = guest?.phase === 'Firmware' || guest?.phase === 'NoBootDevice';
  return [
    {
      ...at,
      w: left - 8,
      id: `guest ${vm.id}`,
      look: guest?.phase === 'PoweredOff' ? 'off' : 'plain',
      title: `Guest: ${guest?.phase ?? 'not there'}`,
      lines: [vm.guestOsName ?? guest?.os ?? 'no system yet'],
      inspect: guest?.id ?? 'component:guest',
    },
    {
      ...at,
      x: at.x + left,
      w: at.w - left,
      id: `firmware ${vm.id}`,
      look: firmware ? 'plain' : 'quiet',
      title: 'Emulated devices',
      lines: [firmware ? 'BIOS, IDE, PIT' : 'IDE, PIT, keyboard'],
      inspect: 'component:firmware',
    },
  ];
};

const vscRow = ({ vm, channels }: SceneFocus, at: Rect): readonly Box[] => {
  const gap = 8;
  const width = (at.w - 2 * gap) / 3;
  const stateOf = (devices: (device: string) => boolean): { line: string; open: boolean } => {
    const mine = channels.filter(({ device }) => devices(device ?? ''));
    const open = mine.filter(({ state }) => state === 'Open').length;
    if (mine.length === 0) return { line: 'no channel', open: false };
    return { line: `${open} of ${plural(mine.length, 'channel')}`, open: open > 0 };
  };
  const isStorage = (device: string): boolean => device === 'storvsp' || device === 'ide-accelerator';
  const cells = [
    { id: 'storvsc', title: 'StorVSC', ...stateOf(isStorage) },
    { id: 'netvsc', title: 'NetVSC', ...stateOf(device => device === 'netvsp') },
    { id: 'ic', title: 'Services', ...stateOf(device => device.startsWith('ic-')) },
  ];
  return cells.map(({ id, title, line, open }, index) => ({
    x: at.x + index * (width + gap),
    y: at.y,
    w: width,
    h: at.h,
    id: `${id} ${vm.id}`,
    look: open ? 'plain' : 'off',
    title,
    lines: [line],
    inspect: `component:${id}`,
  }));
};

/** One line a channel: its number, what it is, how it stands. */
const channelBoxes = ({ channels }: SceneFocus, at: Rect, most: number): readonly Box[] => {
  const shown = channels.length > most ? channels.slice(0, most - 1) : channels;
  const line = (index: number): Rect => ({ ...at, y: at.y + index * 20, h: 18 });
  const boxes: Box[] = shown.map(({ id, relId, label, state, protocol }, index) => ({
    ...line(index),
    id,
    look: state === 'Open' ? 'plain' : 'off',
    title: `${relId ?? ''} ${label ?? ''}`,
    lines: [`${state ?? ''}${protocol == null ? '' : `, ${protocol}`}`],
    inspect: id,
  }));
  if (shown.length === channels.length) return boxes;
  const more = `${channels.length - shown.length} more channels`;
  return [...boxes, { ...line(shown.length), id: 'more-channels', look: 'quiet', title: more, lines: [], inspect: null }];
};

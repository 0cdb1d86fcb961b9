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
  if (focus === null) return overview(others, at);
  // As many rows of cards as there are machines for them, as far as the chosen one leaves room.
  const columns = columnsIn(at.w);
  const wanted = level === 'full' ? 0 : Math.ceil(others.length / columns);
  const least = focus.partition === undefined ? 104 : FOCUS_HEIGHT;
  const most = Math.max(
    others.length === 0 || level === 'full' ? 0 : 1,
    Math.floor((at.h - least) / (CARD_HEIGHT + GAP)),
  );
  const rows = Math.min(wanted, most);
  const height = at.h - rows * (CARD_HEIGHT + GAP);
  const rest = { ...at, y: at.y + height + GAP, h: at.h - height - GAP };
  const opened = focusPart(focus, { ...at, h: height }, level);
  return {
    frames: opened.frames,
    boxes: [...opened.boxes, ...(rows === 0 ? [] : cards(others, rest))],
  };
};

/** No machine is chosen: all of them, and that one may be. */
const overview = (machines: readonly SceneMachine[], at: Rect): Part => {
  const note = machines.length === 0 ? 'none yet' : 'choose one to open it';
  const frame: Frame = {
    ...at,
    id: 'children',
    look: 'absent',
    title: 'Child partitions',
    note,
    inspect: null,
  };
  const inside = { x: at.x + 12, y: at.y + 27, w: at.w - 24, h: at.h - 39 };
  return { frames: [frame], boxes: cards(machines, inside) };
};

const columnsIn = (width: number): number =>
  Math.max(1, Math.floor((width + GAP) / (LEAST_CARD + GAP)));

const cards = (machines: readonly SceneMachine[], at: Rect): readonly Box[] => {
  const columns = columnsIn(at.w);
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
      : [
          'A configuration that VMMS knows.',
          `${roughSizeText(vm.memoryStartup ?? 0)}, ${plural(vm.processorCount ?? 1, 'processor')}`,
        ],
  inspect: vm.id,
});

const ROW_GAP = 7;
const LINE = 20;
const PROCESSOR_ROW = 28;
const LEAST_SCREEN = 54;

/** Three rows that are always there; what room is left shows processors, then channels or the screen. */
const present = (focus: SceneFocus, at: Rect, level: Level): readonly Box[] => {
  const { vm, channels, connection, guest } = focus;
  const open = channels.filter(({ state }) => state === 'Open').length;
  const height = Math.min(46, (at.h - 2 * ROW_GAP) / 3);
  const row = (index: number): Rect => ({ ...at, y: at.y + index * (height + ROW_GAP), h: height });
  const boxes: Box[] = [
    ...guestRow(focus, row(0)),
    ...vscRow(focus, row(1)),
    {
      ...row(2),
      id: `vmbus ${vm.id}`,
      look: connection?.state === 'Connected' ? 'plain' : 'off',
      title: 'VMBus client',
      lines: [busLine(focus, open)],
      inspect: connection?.id ?? 'component:vmbus',
    },
  ];
  let { y } = row(3);
  const left = (): number => at.y + at.h - y;
  if (left() >= PROCESSOR_ROW) {
    boxes.push(...processorRow(focus, { ...at, y, h: PROCESSOR_ROW }));
    y += PROCESSOR_ROW + ROW_GAP;
  }
  if (level === 'full' && left() >= LINE) {
    boxes.push(...channelBoxes(focus, { ...at, y, h: left() }, Math.floor(left() / LINE)));
  } else if (left() >= LEAST_SCREEN) {
    boxes.push({
      ...at,
      y,
      h: left(),
      id: `screen ${vm.id}`,
      look: 'screen',
      title: guest?.screen ?? '',
      lines: [],
      inspect: guest?.id ?? null,
    });
  }
  return boxes;
};

const LEAST_PROCESSOR = 66;

const processorRow = ({ processors }: SceneFocus, at: Rect): readonly Box[] => {
  const room = Math.max(1, Math.floor((at.w + GAP) / (LEAST_PROCESSOR + GAP)));
  const sorted = processors.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const shown = sorted.length > room ? sorted.slice(0, room - 1) : sorted;
  const count = shown.length + (shown.length < sorted.length ? 1 : 0);
  const width = (at.w - GAP * (count - 1)) / Math.max(1, count);
  const place = (index: number): Rect => ({ ...at, x: at.x + index * (width + GAP), w: width });
  const boxes: Box[] = shown.map(({ id, index, state }, position) => ({
    ...place(position),
    id,
    look: state === 'Suspended' ? 'off' : 'quiet',
    title: `VP ${index ?? ''}`,
    lines: width > 96 ? [state ?? ''] : [],
    inspect: id,
  }));
  if (shown.length === sorted.length) return boxes;
  const title = `+${sorted.length - shown.length}`;
  return [
    ...boxes,
    {
      ...place(shown.length),
      id: 'more-processors',
      look: 'quiet',
      title,
      lines: [],
      inspect: null,
    },
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
  const isStorage = (device: string): boolean =>
    device === 'storvsp' || device === 'ide-accelerator';
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
  const line = (index: number): Rect => ({ ...at, y: at.y + index * LINE, h: LINE - 2 });
  const boxes: Box[] = shown.map(({ id, relId, label, state, protocol }, index) => ({
    ...line(index),
    id,
    look: state === 'Open' ? 'plain' : 'off',
    title: `${relId ?? ''} ${label ?? ''}`,
    lines: [`${state ?? ''}${(protocol ?? '') === '' ? '' : `, ${protocol}`}`],
    inspect: id,
  }));
  if (shown.length === channels.length) return boxes;
  const more = `${channels.length - shown.length} more channels`;
  return [
    ...boxes,
    {
      ...line(shown.length),
      id: 'more-channels',
      look: 'quiet',
      title: more,
      lines: [],
      inspect: null,
    },
  ];
};

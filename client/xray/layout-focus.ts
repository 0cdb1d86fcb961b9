import { plural, roughSizeText } from '../format/amount.ts';
import type { Level } from '../route/address.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import { channelBoxes, LINE } from './layout-channel.ts';
import type { Part } from './layout.ts';
import type { SceneCounters, SceneFocus } from './scene.ts';

/** How much of the chosen machine is drawn. */
export interface Detail {
  readonly level: Level;
  readonly counters: SceneCounters;
}

/** What it needs at least, with a partition. */
export const FOCUS_HEIGHT = 168;

const GAP = 8;

/** The chosen machine: its partition with everything in it, or what is left of it without one. */
export const focusPart = (focus: SceneFocus, at: Rect, detail: Detail): Part => {
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
    boxes: partition === undefined ? [absent(focus, inside)] : present(focus, inside, detail),
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
const PROCESSOR_ROW = 28;
const LEAST_SCREEN = 54;

/** Three rows that are always there; what room is left shows processors, then channels or the screen. */
const present = (focus: SceneFocus, at: Rect, { level, counters }: Detail): readonly Box[] => {
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
    boxes.push(...channelBoxes(focus, { ...at, y, h: left() }, counters));
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

const guestRow = ({ vm, guest, system }: SceneFocus, at: Rect): readonly Box[] => {
  const left = Math.round(at.w * 0.56);
  const firmware = guest?.phase === 'Firmware' || guest?.phase === 'NoBootDevice';
  return [
    {
      ...at,
      w: left - 8,
      id: `guest ${vm.id}`,
      look: guest?.phase === 'PoweredOff' ? 'off' : 'plain',
      title: `Guest: ${guest?.phase ?? 'not there'}`,
      lines: [system ?? 'no system yet'],
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

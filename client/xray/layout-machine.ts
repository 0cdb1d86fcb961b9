import { countText, hex, plural, roughSizeText } from '../format/amount.ts';
import type { Level } from '../route/address.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import { channelBoxes, LINE, openChannels, ringsFill } from './layout-channel.ts';
import type { Part } from './layout.ts';
import { hasBus, isEmulating, type Readings, type SceneMachine } from './scene.ts';

// One child partition, or what is left of a machine without one. It shows as much as its room allows.

/** How much is drawn, and what its counters say. */
export interface Detail {
  readonly level: Level;
  readonly readings: Readings;
}

/** What an opened machine needs. */
export const OPENED = { w: 236, h: 172, full: 200 } as const;
/** What a machine needs of which only the main parts are shown. */
export const FRAMED = { w: 168, h: 84 } as const;

const GAP = 8;
const HEAD = 27;

export const machinePart = (machine: SceneMachine, at: Rect, detail: Detail): Part => {
  const { vm, partition, processors } = machine;
  const frame: Frame = {
    ...at,
    id: `guest ${vm.id} frame`,
    look: partition === undefined ? 'absent' : 'child',
    title: vm.name ?? '',
    note:
      partition === undefined
        ? (vm.state ?? '')
        : `id ${partition.number ?? ''}, ${plural(processors.length || (vm.processorCount ?? 1), 'VP')}, ${
            vm.state === 'Running' ? (partition.state?.toLowerCase() ?? '') : vm.state
          }`,
    inspect: partition?.id ?? vm.id,
  };
  const inside = { x: at.x + 10, y: at.y + HEAD, w: at.w - 20, h: at.h - HEAD - 9 };
  return { frames: [frame], boxes: insideOf(machine, inside, detail) };
};

const insideOf = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  if (machine.partition === undefined) return [absent(machine, at)];
  return at.h >= 3 * LEAST_ROW + 2 * ROW_GAP
    ? opened(machine, at, detail)
    : framed(machine, at, detail);
};

/** A machine that is Off is a configuration and nothing else. */
const absent = ({ vm, worker }: SceneMachine, at: Rect): Box => {
  const size = `${roughSizeText(vm.memoryStartup ?? 0)}, ${plural(vm.processorCount ?? 1, 'processor')}`;
  const starting = vm.state === 'Starting';
  return {
    ...at,
    h: Math.min(at.h, 64),
    id: `guest ${vm.id}`,
    look: 'off',
    title: starting ? 'No partition yet' : 'No partition',
    lines: [
      vm.state === 'Saved'
        ? 'Its memory is in a file.'
        : `A configuration${worker === undefined ? ', no worker' : `, vmwp.exe ${worker.pid ?? ''}`}`,
      ...(at.h >= 56 ? [size] : []),
    ],
    about: `${vm.name ?? ''}, ${vm.state ?? ''}: no partition and no worker process; a configuration of ${size}`,
    inspect: vm.id,
    rev: vm.rev,
  };
};

/** The guest, and what it does I/O with. */
const framed = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const height = Math.min(36, (at.h - 6) / 2);
  const first = { ...at, h: height };
  const second = { ...at, y: at.y + at.h - height, h: height };
  return [
    guestBox(machine, first),
    ...(isEmulating(machine)
      ? [emulatedBox(machine, second, detail)]
      : vscBoxes(machine, second, detail)),
  ];
};

const ROW_GAP = 7;
const LEAST_ROW = 27;
const PROCESSOR_ROW = 28;
const LEAST_SCREEN = 40;
/** Below this width guest and emulated devices do not stand side by side. */
const WIDE = 216;

/** Three rows that are always there; what room is left shows processors, then channels or the screen. */
const opened = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const { vm, guest } = machine;
  const isWide = at.w >= WIDE;
  const height = rowHeight(at.h, isWide && detail.level === 'full');
  const row = (index: number): Rect => ({ ...at, y: at.y + index * (height + ROW_GAP), h: height });
  const emulatesAll = !isWide && isEmulating(machine);
  const boxes: Box[] = [
    ...(isWide ? guestRow(machine, row(0), detail) : [guestBox(machine, row(0))]),
    ...(emulatesAll ? [] : vscBoxes(machine, row(1), detail)),
    emulatesAll ? emulatedBox(machine, row(1), detail) : busBox(machine, row(2), detail),
  ];
  let { y } = row(emulatesAll ? 2 : 3);
  const left = (): number => at.y + at.h - y;
  if (isWide && left() >= PROCESSOR_ROW) {
    boxes.push(...processorRow(machine, { ...at, y, h: PROCESSOR_ROW }, detail));
    y += PROCESSOR_ROW + ROW_GAP;
  }
  if (isWide && detail.level === 'full' && left() >= LINE) {
    boxes.push(...channelBoxes(machine, { ...at, y, h: left() }, detail.readings.counters));
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

/** The rows give up what processors and two lines of channels need. */
const rowHeight = (room: number, full: boolean): number => {
  const below = full ? PROCESSOR_ROW + ROW_GAP + 2 * LINE + ROW_GAP : 0;
  const height = (room - below - 2 * ROW_GAP) / 3;
  return Math.min(46, Math.max(height, Math.min(LEAST_ROW, (room - 2 * ROW_GAP) / 3)));
};

const busBox = (machine: SceneMachine, at: Rect, { readings }: Detail): Box => {
  const { vm, channels, connection } = machine;
  const connected = connection?.state === 'Connected';
  const open = openChannels(channels).length;
  const offered = channels.length === 0 ? '' : `, ${channels.length} to offer`;
  const version = connection?.version ?? 0;
  const packets = packetsOf(machine, readings);
  const count = `${open} of ${plural(channels.length, 'channel')} open`;
  const said =
    at.w < WIDE ? [count, ...(at.h >= 42 ? packets : [])] : [[count, ...packets].join(', ')];
  return {
    ...at,
    id: `vmbus ${vm.id}`,
    look: connected ? 'plain' : 'off',
    title: connected ? `VMBus client ${version >> 16}.${version & 0xffff}` : 'VMBus client',
    lines: connected ? said : [`no contact yet${offered}`],
    ...(said.length > 1 ? { tight: true } : {}),
    inspect: connection?.id ?? 'component:vmbus',
    ...(connection === undefined ? {} : { rev: connection.rev }),
  };
};

/** `2.1 packets a signal`: how well signals are saved. */
const packetsOf = ({ channels }: SceneMachine, { counters }: Readings): readonly string[] => {
  let packets = 0;
  let signals = 0;
  for (const { id } of channels) {
    const of = counters.get(id);
    packets += (of?.['packetsToHost'] ?? 0) + (of?.['packetsToGuest'] ?? 0);
    signals += (of?.['signalsToHost'] ?? 0) + (of?.['signalsToGuest'] ?? 0);
  }
  return signals === 0 ? [] : [`${(packets / signals).toFixed(1)} packets a signal`];
};

const LEAST_PROCESSOR = 66;

const processorRow = (
  { processors, vm }: SceneMachine,
  at: Rect,
  { level, readings }: Detail,
): readonly Box[] => {
  const least = level === 'full' ? 84 : LEAST_PROCESSOR;
  const room = Math.max(1, Math.floor((at.w + GAP) / (least + GAP)));
  const shown = processors.length > room ? processors.slice(0, room - 1) : processors;
  const count = shown.length + (shown.length < processors.length ? 1 : 0);
  const width = (at.w - GAP * (count - 1)) / Math.max(1, count);
  const place = (index: number): Rect => ({ ...at, x: at.x + index * (width + GAP), w: width });
  const boxes: Box[] = shown.map((processor, position) => {
    const { id, index, state, sint0Vector, sint2Vector } = processor;
    const busy = (readings.rates.get(id)?.['runTime'] ?? 0) / 10_000_000;
    const sints = `SINT0 ${vector(sint0Vector)}, SINT2 ${vector(sint2Vector)}`;
    return {
      ...place(position),
      id,
      look: state === 'Suspended' ? 'off' : 'quiet',
      title: `VP ${index ?? ''}`,
      lines: level === 'full' && width > 184 ? [sints] : width > 96 ? [state ?? ''] : [],
      inspect: id,
      ...(readings.counters.has(id) ? { fill: Math.min(1, busy) } : {}),
    };
  });
  if (shown.length === processors.length) return boxes;
  const title = `+${processors.length - shown.length}`;
  const rest = place(shown.length);
  const id = `more-processors ${vm.id}`;
  return [...boxes, { ...rest, id, look: 'quiet', title, lines: [], inspect: null }];
};

/** The vector a synthetic interrupt arrives at; `–` while it is masked. */
const vector = (of: number | null | undefined): string =>
  of === null || of === undefined ? '–' : hex(of, 2);

const guestBox = (machine: SceneMachine, at: Rect): Box => {
  const { vm, guest, system } = machine;
  return {
    ...at,
    id: `guest ${vm.id}`,
    look: guest === undefined || guest.phase === 'PoweredOff' ? 'off' : 'plain',
    title: guest === undefined ? 'Being made' : `Guest: ${guest.phase ?? ''}`,
    lines: [guest === undefined ? madeSoFar(machine) : (system ?? 'no system yet')],
    inspect: guest?.id ?? machine.partition?.id ?? 'component:guest',
    ...(guest === undefined ? {} : { rev: guest.rev }),
  };
};

const PAGES_IN_A_MEGABYTE = 256;

const madeSoFar = ({ partition }: SceneMachine): string => {
  const mapped = countText(Math.round((partition?.gpaPages ?? 0) / PAGES_IN_A_MEGABYTE));
  return `${mapped} MB mapped, ${countText(partition?.depositedPages ?? 0)} pages`;
};

const guestRow = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const left = Math.round(at.w * 0.56);
  return [
    guestBox(machine, { ...at, w: left - GAP }),
    emulatedBox(machine, { ...at, x: at.x + left, w: at.w - left }, detail),
  ];
};

/** The devices of the PC that the worker process imitates: all a system without drivers knows. */
const emulatedBox = (machine: SceneMachine, at: Rect, { readings }: Detail): Box => {
  const { vm, partition } = machine;
  const exits = readings.counters.get(partition?.id ?? '')?.['ioIntercepts'];
  const used = isEmulating(machine);
  const what = 'IDE 0x1F0, timer 0x40';
  return {
    ...at,
    id: `firmware ${vm.id}`,
    look: used ? 'plain' : 'quiet',
    title: 'Emulated devices',
    lines: [
      exits === undefined ? what : `${countText(exits)} ${at.w < 216 ? 'exits' : 'intercepts'}`,
    ],
    inspect: partition === undefined ? 'component:firmware' : `wire:emulated:${vm.id}`,
    ...(at.h <= 30 ? { tight: true } : {}),
  };
};

const VSCS: readonly {
  readonly id: string;
  readonly title: string;
  readonly is: (device: string) => boolean;
}[] = [
  { id: 'storvsc', title: 'StorVSC', is: of => of === 'storvsp' || of === 'ide-accelerator' },
  { id: 'netvsc', title: 'NetVSC', is: of => of === 'netvsp' },
  { id: 'ic', title: 'Services', is: of => of.startsWith('ic-') },
];

const vscBoxes = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const { vm, channels } = machine;
  const presumed = hasBus(machine);
  const gap = at.w < WIDE ? 4 : GAP;
  const width = (at.w - 2 * gap) / 3;
  const isNarrow = width < 84 || at.h < 28;
  return VSCS.map(({ id, title, is }, index) => {
    const mine = channels.filter(({ device }) => is(device ?? ''));
    const open = openChannels(mine);
    const count = `${open.length} of ${plural(mine.length, 'channel')}`;
    const state = mine.length === 0 ? 'none' : isNarrow ? `${open.length} open` : count;
    const ring = ringsFill(open, detail.readings.counters);
    const single = mine.length === 1 ? mine[0] : undefined;
    return {
      ...at,
      x: at.x + index * (width + gap),
      w: width,
      id: `${id} ${vm.id}`,
      look: open.length > 0 || (channels.length === 0 && presumed) ? 'plain' : 'off',
      title: isNarrow && id === 'ic' ? 'ICs' : title,
      ...(isNarrow || at.h <= 30 ? { tight: true, about: `${title}: ${state}` } : {}),
      lines:
        isNarrow && at.h < 28
          ? []
          : [
              channels.length === 0
                ? presumed
                  ? 'on the bus'
                  : 'not yet'
                : ring === null || detail.level === 'simple'
                  ? state
                  : `ring ${Math.round(ring * 100)}%${isNarrow ? '' : `, ${open.length} open`}`,
            ],
      inspect: single?.id ?? (mine.length > 0 ? `wire:${id}:${vm.id}` : `component:${id}`),
      ...(ring === null || detail.level === 'simple' ? {} : { fill: ring }),
    };
  });
};

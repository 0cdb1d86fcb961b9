import { countText, hex, plural, roughSizeText } from '../format/amount.ts';
import type { Level } from '../route/address.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import { channelBoxes, LINE, openChannels, ringsFill } from './layout-channel.ts';
import type { Part } from './layout.ts';
import { isEmulating, type Readings, type SceneMachine } from './scene.ts';

// One child partition, or what is left of a machine without one. It shows as much as its room allows.

/** How much is drawn, and what its counters say. */
export interface Detail {
  readonly level: Level;
  readonly readings: Readings;
}

/** What an opened machine needs. */
export const OPENED = { w: 236, h: 172 } as const;
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
  const isOpened = at.w + 20 >= OPENED.w && at.h + HEAD + 9 >= OPENED.h;
  return isOpened ? opened(machine, at, detail) : framed(machine, at, detail);
};

/** A machine that is Off is a configuration and nothing else. */
const absent = ({ vm }: SceneMachine, at: Rect): Box => ({
  ...at,
  h: Math.min(at.h, 64),
  id: `guest ${vm.id}`,
  look: 'off',
  title: vm.state === 'Starting' ? 'No partition yet' : 'No partition, no worker process',
  lines: [
    vm.state === 'Saved'
      ? 'Its memory and device state are in files.'
      : 'A configuration that VMMS knows.',
    ...(at.h >= 56
      ? [
          `${roughSizeText(vm.memoryStartup ?? 0)}, ${plural(vm.processorCount ?? 1, 'processor')}, ${vm.state ?? ''}`,
        ]
      : []),
  ],
  inspect: vm.id,
  rev: vm.rev,
});

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
const PROCESSOR_ROW = 28;
const LEAST_SCREEN = 54;

/** Three rows that are always there; what room is left shows processors, then channels or the screen. */
const opened = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const { vm, guest } = machine;
  const height = Math.min(44, (at.h - 2 * ROW_GAP) / 3);
  const row = (index: number): Rect => ({ ...at, y: at.y + index * (height + ROW_GAP), h: height });
  const boxes: Box[] = [
    ...guestRow(machine, row(0), detail),
    ...vscBoxes(machine, row(1), detail),
    busBox(machine, row(2), detail),
  ];
  let { y } = row(3);
  const left = (): number => at.y + at.h - y;
  if (left() >= PROCESSOR_ROW) {
    boxes.push(...processorRow(machine, { ...at, y, h: PROCESSOR_ROW }, detail));
    y += PROCESSOR_ROW + ROW_GAP;
  }
  if (detail.level === 'full' && left() >= LINE) {
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

const busBox = (machine: SceneMachine, at: Rect, { readings }: Detail): Box => {
  const { vm, channels, connection } = machine;
  const connected = connection?.state === 'Connected';
  const open = openChannels(channels).length;
  const offered = channels.length === 0 ? '' : `, ${channels.length} to offer`;
  const version = connection?.version ?? 0;
  const packets = packetsOf(machine, readings);
  return {
    ...at,
    id: `vmbus ${vm.id}`,
    look: connected ? 'plain' : 'off',
    title: connected ? `VMBus client ${version >> 16}.${version & 0xffff}` : 'VMBus client',
    lines: [
      connected
        ? `${open} of ${plural(channels.length, 'channel')} open${packets}`
        : `no contact yet${offered}`,
    ],
    inspect: connection?.id ?? 'component:vmbus',
    ...(connection === undefined ? {} : { rev: connection.rev }),
  };
};

/** `, 2.1 packets a signal`: how well the signals are saved. */
const packetsOf = ({ channels }: SceneMachine, { counters }: Readings): string => {
  let packets = 0;
  let signals = 0;
  for (const { id } of channels) {
    const of = counters.get(id);
    packets += (of?.['packetsToHost'] ?? 0) + (of?.['packetsToGuest'] ?? 0);
    signals += (of?.['signalsToHost'] ?? 0) + (of?.['signalsToGuest'] ?? 0);
  }
  return signals === 0 ? '' : `, ${(packets / signals).toFixed(1)} packets a signal`;
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
    const sints = `SINT0 ${vector(sint0Vector)} 2 ${vector(sint2Vector)}`;
    return {
      ...place(position),
      id,
      look: state === 'Suspended' ? 'off' : 'quiet',
      title: `VP ${index ?? ''}`,
      lines: level === 'full' && width > 124 ? [sints] : width > 96 ? [state ?? ''] : [],
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

const guestBox = ({ vm, guest, system }: SceneMachine, at: Rect): Box => ({
  ...at,
  id: `guest ${vm.id}`,
  look: guest === undefined || guest.phase === 'PoweredOff' ? 'off' : 'plain',
  title: `Guest: ${guest?.phase ?? 'not there'}`,
  lines: [system ?? 'no system yet'],
  inspect: guest?.id ?? 'component:guest',
  ...(guest === undefined ? {} : { rev: guest.rev }),
});

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
    lines: [exits === undefined ? what : `${countText(exits)} intercepts`],
    inspect: partition === undefined ? 'component:firmware' : `wire:emulated:${vm.id}`,
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

const ON_THE_BUS: ReadonlySet<string> = new Set(['Services', 'Ready', 'ShuttingDown']);

const vscBoxes = (machine: SceneMachine, at: Rect, detail: Detail): readonly Box[] => {
  const { vm, guest, channels } = machine;
  // Of a machine that is not looked at closely only its guest tells.
  const presumed = guest?.enlightened === true && ON_THE_BUS.has(guest.phase ?? '');
  const width = (at.w - 2 * GAP) / 3;
  return VSCS.map(({ id, title, is }, index) => {
    const mine = channels.filter(({ device }) => is(device ?? ''));
    const open = openChannels(mine);
    const state = mine.length === 0 ? 'no channel' : `${open.length} of ${plural(mine.length, 'channel')}`;
    const ring = ringsFill(open, detail.readings.counters);
    const single = mine.length === 1 ? mine[0] : undefined;
    return {
      ...at,
      x: at.x + index * (width + GAP),
      w: width,
      id: `${id} ${vm.id}`,
      look: open.length > 0 || (channels.length === 0 && presumed) ? 'plain' : 'off',
      title,
      lines: [
        channels.length === 0
          ? presumed
            ? 'over VMBus'
            : 'no channel yet'
          : ring === null || detail.level === 'simple'
            ? state
            : `ring ${Math.round(ring * 100)}%, ${open.length} open`,
      ],
      inspect: single?.id ?? (mine.length > 0 ? `wire:${id}:${vm.id}` : `component:${id}`),
      ...(ring === null || detail.level === 'simple' ? {} : { fill: ring }),
    };
  });
};

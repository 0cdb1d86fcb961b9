import { countText, plural } from '../format/amount.ts';
import type { Box, Rect } from './drawing.ts';
import type { Detail } from './layout-machine.ts';
import type { Part } from './layout.ts';
import { isEmulating, type Readings, type Scene, type SceneMachine, total } from './scene.ts';

// The parent partition: user mode above with VMMS and one worker process for each machine that is not Off
// or Saved, kernel mode below with VID, the VSPs and the drivers they stand on.

const INSET = 12;
const HEAD = 25;
const LABEL = 14;
const WORKER_GAP = 6;
const KERNEL_GAP = 10;

const between = (least: number, value: number, most: number): number =>
  Math.floor(Math.min(Math.max(value, least), most));

export const parentBoxes = (scene: Scene, at: Rect, detail: Detail): Part => {
  const { root, host } = scene;
  const kernelHeight = 2 * between(36, at.h * 0.16, 64) + KERNEL_GAP;
  const kernelY = at.y + at.h - INSET + 3 - kernelHeight;
  const userY = at.y + HEAD + LABEL;
  const user = { x: at.x + INSET, y: userY, w: at.w - 2 * INSET, h: kernelY - LABEL - 8 - userY };
  const kernel = { ...user, y: kernelY, h: kernelHeight };
  const isUp = host.state === 'Running';
  const note =
    root === undefined
      ? isUp
        ? 'management OS'
        : (host.state ?? 'Off').toLowerCase()
      : `management OS, id ${root.number ?? 1}, ${plural(host.logicalProcessors ?? 0, 'root VP')}`;
  return {
    frames: [
      {
        ...at,
        id: 'parent',
        look: isUp ? 'root' : 'absent',
        title: 'Parent partition',
        note,
        inspect: root?.id ?? 'component:management-os',
      },
    ],
    labels: isUp
      ? [
          { x: user.x, y: userY - 5, text: 'USER MODE' },
          { x: user.x, y: kernelY - 6, text: 'KERNEL MODE' },
        ]
      : [],
    boxes: isUp ? [...userBoxes(scene, user), ...kernelBoxes(scene, kernel, detail)] : [],
  };
};

const userBoxes = (scene: Scene, at: Rect): readonly Box[] => {
  const { vmms, machines, host } = scene;
  const left = Math.round(at.w * 0.43);
  const stopped = vmms?.state !== 'Running';
  const height = between(30, (at.h - WORKER_GAP) / 2, 60);
  const column = { x: at.x, w: left - 10, h: height };
  const up = machines.filter(({ worker }) => worker !== undefined).length;
  const vmmsBox: Box = {
    ...column,
    y: at.y,
    id: 'vmms',
    look: stopped ? 'off' : 'plain',
    title: 'VMMS',
    lines: [
      stopped ? (vmms?.state ?? 'Stopped') : `vmms.exe ${vmms.pid ?? ''}`,
      ...(height >= 50 ? [`${plural(machines.length, 'machine')}, ${up} up`] : []),
    ],
    inspect: vmms?.id ?? 'component:vmms',
    ...(vmms === undefined ? {} : { rev: vmms.rev }),
  };
  const os: Box = {
    ...column,
    y: at.y + at.h - height,
    id: 'management-os',
    look: 'plain',
    title: 'Management OS',
    lines: [
      (host.osName ?? 'Windows Server').replace('Microsoft ', '').replace(' Datacenter', ''),
      ...(height >= 50 ? [plural(host.logicalProcessors ?? 0, 'root VP') + ', pinned'] : []),
    ],
    inspect: 'component:management-os',
  };
  const workers = { x: at.x + left, y: at.y, w: at.w - left, h: at.h };
  return [vmmsBox, os, ...workerBoxes(scene, workers)];
};

const TILE = { w: 30, h: 15, gap: 2 } as const;
const PAIR = { w: 90, h: 22 } as const;

/** Rows while there is room for them, then pairs, then tiles; the chosen machine's first. */
const workerBoxes = ({ machines, focus }: Scene, at: Rect): readonly Box[] => {
  const running = machines.filter(({ worker }) => worker !== undefined);
  const first = running.filter(({ vm }) => vm.id === focus?.vm.id);
  const all = [...first, ...running.filter(({ vm }) => vm.id !== focus?.vm.id)];
  if (all.length === 0) {
    const none = 'no machine has one now';
    const id = 'no-worker';
    const inspect = 'component:vmwp';
    const title = 'Worker processes';
    return [{ ...at, h: Math.min(at.h, 48), id, look: 'off', title, lines: [none], inspect }];
  }
  const height = between(22, (at.h + WORKER_GAP) / Math.max(3, all.length) - WORKER_GAP, 48);
  const rows = Math.max(1, Math.floor((at.h + WORKER_GAP) / (height + WORKER_GAP)));
  if (all.length <= rows) {
    return all.map((machine, index) =>
      workerBox(machine, { ...at, y: at.y + index * (height + WORKER_GAP), h: height }),
    );
  }
  const pairs = 2 * Math.floor((at.h + WORKER_GAP) / (PAIR.h + WORKER_GAP));
  if (all.length <= pairs && at.w >= 2 * PAIR.w + WORKER_GAP) {
    const width = (at.w - WORKER_GAP) / 2;
    return all.map((machine, index) =>
      workerPair(machine, {
        x: at.x + (index % 2) * (width + WORKER_GAP),
        y: at.y + Math.floor(index / 2) * (PAIR.h + WORKER_GAP),
        w: width,
        h: PAIR.h,
      }),
    );
  }
  return workerTiles(all, at);
};

/** As many as there is room for; the others are counted. */
const workerTiles = (all: readonly SceneMachine[], at: Rect): readonly Box[] => {
  const columns = Math.max(1, Math.floor((at.w + TILE.gap) / (TILE.w + TILE.gap)));
  const lines = Math.max(1, Math.floor((at.h + TILE.gap) / (TILE.h + TILE.gap)));
  const room = columns * lines;
  const shown = all.length > room ? all.slice(0, room - 1) : all;
  const width = (at.w - TILE.gap * (columns - 1)) / columns;
  const place = (index: number): Rect => ({
    x: at.x + (index % columns) * (width + TILE.gap),
    y: at.y + Math.floor(index / columns) * (TILE.h + TILE.gap),
    w: width,
    h: TILE.h,
  });
  const boxes = shown.map((machine, index) => workerTile(machine, place(index)));
  if (shown.length === all.length) return boxes;
  const rest = all.slice(shown.length);
  return [...boxes, moreWorkers(rest, place(shown.length))];
};

const moreWorkers = (rest: readonly SceneMachine[], at: Rect): Box => ({
  ...at,
  id: 'more-workers',
  look: 'tile',
  tight: true,
  title: `+${rest.length}`,
  lines: [],
  about: `${rest.length} more worker processes`,
  inspect: 'component:vmwp',
  door: 'left',
  holds: new Set(rest.map(({ vm }) => vm.id)),
});

const workerBox = (machine: SceneMachine, at: Rect): Box => {
  const { vm, worker, partition } = machine;
  const how = isEmulating(machine) ? ', emulates' : '';
  return {
    ...at,
    id: `vmwp ${vm.id}`,
    look: 'plain',
    title: `vmwp.exe ${worker?.pid ?? ''}`,
    lines: [`${vm.name ?? ''}${partition === undefined ? ', no partition' : how}`],
    door: 'left',
    inspect: worker?.id ?? null,
    ...(worker === undefined ? {} : { rev: worker.rev }),
  };
};

const workerPair = (machine: SceneMachine, at: Rect): Box => ({
  ...workerTile(machine, at),
  look: 'plain',
  lines: [machine.vm.name ?? ''],
});

const workerTile = (machine: SceneMachine, at: Rect): Box => {
  const { vm, worker } = machine;
  const whole = workerBox(machine, at);
  return {
    ...whole,
    look: 'tile',
    tight: true,
    title: String(worker?.pid ?? ''),
    lines: [],
    about: `vmwp.exe ${worker?.pid ?? ''}, ${vm.name ?? ''}`,
  };
};

interface Driver {
  readonly id: string;
  readonly title: string;
  readonly line: string;
  readonly column: number;
  readonly row: 0 | 1 | 'both';
  /** What runs through it, once its counters are known. */
  readonly count?: (scene: Scene, readings: Readings) => Count | null;
}

interface Count {
  readonly number: string;
  readonly unit: string;
  readonly short: string;
}

const perSecond = (rate: number): string => `${countText(Math.round(rate))}/s`;

const runningOf = (rate: number, all: number): string =>
  rate >= 0.5 ? perSecond(rate) : countText(all);

const packetsOf =
  (is: (device: string) => boolean) =>
  ({ machines }: Scene, { counters, rates }: Readings): Count | null => {
    const ids = machines.flatMap(({ channels }) =>
      channels.flatMap(({ id, device }) => (is(device ?? '') ? [id] : [])),
    );
    if (ids.every(id => !counters.has(id))) return null;
    const columns = ['packetsToHost', 'packetsToGuest'];
    const number = runningOf(total(rates, ids, columns), total(counters, ids, columns));
    return { number, unit: 'packets', short: 'pkts' };
  };

const interceptsHandled = ({ machines }: Scene, { counters, rates }: Readings): Count | null => {
  const ids = machines.map(({ worker }) => worker?.id);
  if (ids.every(id => id === undefined || !counters.has(id))) return null;
  const columns = ['interceptsHandled'];
  const number = runningOf(total(rates, ids, columns), total(counters, ids, columns));
  return { number, unit: 'intercepts', short: 'exits' };
};

const isStorage = (device: string): boolean => device === 'storvsp' || device === 'ide-accelerator';

/** Two rows: what virtual machines talk to, and what that stands on. */
const KERNEL: readonly Driver[] = [
  { id: 'vid', title: 'VID', line: 'vid.sys', column: 0, row: 0, count: interceptsHandled },
  { id: 'winhv', title: 'WinHv', line: 'winhv.sys', column: 0, row: 1 },
  {
    id: 'storvsp',
    title: 'StorVSP',
    line: 'storvsp.sys',
    column: 1,
    row: 0,
    count: packetsOf(isStorage),
  },
  { id: 'vhdmp', title: 'VHD', line: 'vhdmp.sys', column: 1, row: 1 },
  {
    id: 'netvsp',
    title: 'NetVSP',
    line: 'vmswitch.sys',
    column: 2,
    row: 0,
    count: packetsOf(device => device === 'netvsp'),
  },
  { id: 'vmswitch', title: 'Switch', line: 'vmswitch.sys', column: 2, row: 1 },
  { id: 'vmbusr', title: 'VMBus', line: 'vmbusr.sys', column: 3, row: 'both' },
];

const kernelBoxes = (scene: Scene, at: Rect, { readings }: Detail): readonly Box[] => {
  const gap = 10;
  const width = (at.w - 3 * gap) / 4;
  const height = (at.h - KERNEL_GAP) / 2;
  return KERNEL.map(({ id, title, line, column, row, count }) => {
    const counted = count?.(scene, readings) ?? null;
    const text = counted && `${counted.number} ${width < 116 ? counted.short : counted.unit}`;
    // Where there is room for one line only, the number says more than the file.
    const lines = text === null ? [line] : height >= 48 ? [line, text] : [text];
    const of = counted && { about: `${title}, ${line}, ${counted.number} ${counted.unit}` };
    return {
      id,
      title,
      x: at.x + column * (width + gap),
      y: at.y + (row === 1 ? height + KERNEL_GAP : 0),
      w: width,
      h: row === 'both' ? at.h : height,
      look: 'plain',
      lines: id === 'vmbusr' ? [line, ...busLines(scene)] : lines,
      inspect: `component:${id}`,
      ...(width < 96 ? { tight: true } : {}),
      ...of,
    };
  });
};

const busLines = ({ machines }: Scene): readonly string[] => {
  const channels = machines.flatMap(machine => machine.channels);
  const open = channels.filter(({ state }) => state === 'Open').length;
  return channels.length === 0 ? [] : [plural(channels.length, 'channel'), `${open} open`];
};

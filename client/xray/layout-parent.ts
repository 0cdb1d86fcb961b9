import { plural } from '../format/amount.ts';
import type { Box, Rect } from './drawing.ts';
import type { Part } from './layout.ts';
import type { Scene, SceneMachine } from './scene.ts';

// The parent partition: user mode above with VMMS and one worker process for each machine that is not Off
// or Saved, kernel mode below with VID, the VSPs and the drivers they stand on.

const INSET = 12;
const HEAD = 25;
const LABEL = 14;
const WORKER_GAP = 6;
const KERNEL_GAP = 8;

const between = (least: number, value: number, most: number): number =>
  Math.floor(Math.min(Math.max(value, least), most));

export const parentBoxes = (scene: Scene, at: Rect): Part => {
  const { root, host } = scene;
  const kernelHeight = 2 * between(37, at.h * 0.135, 54) + KERNEL_GAP;
  const kernelY = at.y + at.h - INSET + 3 - kernelHeight;
  const userY = at.y + HEAD + LABEL;
  const user = { x: at.x + INSET, y: userY, w: at.w - 2 * INSET, h: kernelY - LABEL - 6 - userY };
  const kernel = { ...user, y: kernelY, h: kernelHeight };
  const isUp = host.state === 'Running';
  const note =
    root === undefined
      ? isUp
        ? 'management OS'
        : (host.state ?? 'Off').toLowerCase()
      : `management OS, id ${root.number ?? 1}, ${plural(host.logicalProcessors ?? 0, 'VP')}`;
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
    boxes: isUp ? [...userBoxes(scene, user), ...kernelBoxes(kernel)] : [],
  };
};

const userBoxes = (scene: Scene, at: Rect): readonly Box[] => {
  const { vmms, machines } = scene;
  const left = Math.round(at.w * 0.4);
  const stopped = vmms?.state !== 'Running';
  const vmmsBox: Box = {
    x: at.x,
    y: at.y,
    w: left - 8,
    h: between(46, at.h * 0.4, 58),
    id: 'vmms',
    look: stopped ? 'off' : 'plain',
    title: 'VMMS',
    lines: [
      stopped ? (vmms?.state ?? 'Stopped') : `vmms.exe ${vmms.pid ?? ''}`,
      plural(machines.length, 'machine'),
    ],
    inspect: vmms?.id ?? 'component:vmms',
  };
  const workers = { x: at.x + left, y: at.y, w: at.w - left, h: at.h };
  return [vmmsBox, ...workerBoxes(scene, workers)];
};

/** As many as there is room for, the chosen machine's first; the others are counted in the last box. */
const workerBoxes = ({ machines, focus }: Scene, at: Rect): readonly Box[] => {
  const running = machines.filter(({ worker }) => worker !== undefined);
  const first = running.filter(({ vm }) => vm.id === focus?.vm.id);
  const all = [...first, ...running.filter(({ vm }) => vm.id !== focus?.vm.id)];
  // Three find room everywhere; more are drawn lower, down to what a name needs.
  const wanted = Math.max(3, all.length);
  const height = between(29, (at.h + WORKER_GAP) / wanted - WORKER_GAP, 40);
  const room = Math.max(1, Math.floor((at.h + WORKER_GAP) / (height + WORKER_GAP)));
  const shown = all.length > room ? all.slice(0, room - 1) : all;
  const place = (index: number): Rect => ({
    x: at.x,
    y: at.y + index * (height + WORKER_GAP),
    w: at.w,
    h: height,
  });
  const boxes = shown.map((machine, index) => workerBox(machine, place(index)));
  if (all.length === 0) {
    const none = 'no machine has one now';
    return [
      {
        ...place(0),
        id: 'no-worker',
        look: 'off',
        title: 'Worker processes',
        lines: [none],
        inspect: 'component:vmwp',
      },
    ];
  }
  if (shown.length === all.length) return boxes;
  const more = `${all.length - shown.length} more worker processes`;
  return [
    ...boxes,
    {
      ...place(shown.length),
      id: 'more-workers',
      look: 'quiet',
      title: more,
      lines: [],
      inspect: 'component:vmwp',
      door: 'left',
    },
  ];
};

const workerBox = ({ vm, worker }: SceneMachine, at: Rect): Box => ({
  ...at,
  id: `vmwp ${vm.id}`,
  look: 'plain',
  title: `vmwp.exe ${worker?.pid ?? ''}`,
  lines: [vm.name ?? ''],
  door: 'left',
  inspect: worker?.id ?? null,
});

/** Two rows: what virtual machines talk to, and what that stands on. */
const KERNEL: readonly {
  readonly id: string;
  readonly title: string;
  readonly line: string;
  readonly column: number;
  readonly row: 0 | 1 | 'both';
}[] = [
  { id: 'vid', title: 'VID', line: 'vid.sys', column: 0, row: 0 },
  { id: 'winhv', title: 'WinHv', line: 'winhv.sys', column: 0, row: 1 },
  { id: 'storvsp', title: 'StorVSP', line: 'storvsp.sys', column: 1, row: 0 },
  { id: 'vhdmp', title: 'VHD', line: 'vhdmp.sys', column: 1, row: 1 },
  { id: 'netvsp', title: 'NetVSP', line: 'vmswitch.sys', column: 2, row: 0 },
  { id: 'vmswitch', title: 'Switch', line: 'vmswitch.sys', column: 2, row: 1 },
  { id: 'vmbusr', title: 'VMBus', line: 'vmbusr.sys', column: 3, row: 'both' },
];

const kernelBoxes = (at: Rect): readonly Box[] => {
  const gap = 8;
  const width = (at.w - 3 * gap) / 4;
  const height = (at.h - KERNEL_GAP) / 2;
  return KERNEL.map(({ id, title, line, column, row }) => ({
    id,
    title,
    x: at.x + column * (width + gap),
    y: at.y + (row === 1 ? height + KERNEL_GAP : 0),
    w: width,
    h: row === 'both' ? at.h : height,
    look: 'plain',
    lines: [line],
    inspect: `component:${id}`,
  }));
};

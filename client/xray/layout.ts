import { countText, roughSizeText, shareText } from '../format/amount.ts';
import type { Level } from '../route/address.ts';
import { childBoxes } from './layout-child.ts';
import type { Box, Drawing, Frame, Label, Rect } from './drawing.ts';
import { parentBoxes } from './layout-parent.ts';
import type { Scene, SceneCounters } from './scene.ts';
import { wiresOf } from './wires.ts';

// The arrangement of the book's figure: hardware and hypervisor below, the parent partition left with
// user mode over kernel mode, the child partitions right, the bus between. Sizes follow the window.

export const LEAST = { width: 620, height: 408 } as const;

const PAD = 10;
const HARDWARE = 48;
const HYPERVISOR = 70;
/** Room between the partitions and the hypervisor, where the labels of hypercalls stand. */
const GAP = 26;
const BUS = 26;

export interface Part {
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly labels?: readonly Label[];
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly level: Level;
}

export const layout = (scene: Scene, view: View, counters: SceneCounters): Drawing => {
  const { level, ...size } = view;
  const width = Math.max(size.width, LEAST.width);
  const height = Math.max(size.height, LEAST.height);
  const inner = width - 2 * PAD;
  const hardwareY = height - PAD - HARDWARE;
  const hypervisorY = hardwareY - 8 - HYPERVISOR;
  const top: Rect = { x: PAD, y: PAD, w: inner, h: hypervisorY - GAP - PAD };
  const parent = { ...top, w: Math.round(inner * 0.49) };
  const bus = { x: parent.x + parent.w + 9, y: top.y + 8, w: BUS, h: top.h - 16 };
  const childX = bus.x + bus.w + 9;
  const child = { ...top, x: childX, w: width - PAD - childX };
  const parts: readonly Part[] = [
    parentBoxes(scene, parent),
    busPart(scene, bus),
    childBoxes(scene, child, { level, counters }),
    hypervisorPart(scene, { x: PAD, y: hypervisorY, w: inner, h: HYPERVISOR }, counters),
    hardwarePart(scene, { x: PAD, y: hardwareY, w: inner, h: HARDWARE }),
  ];
  const boxes = parts.flatMap(part => part.boxes);
  return {
    width,
    height,
    boxes,
    frames: parts.flatMap(part => part.frames),
    labels: parts.flatMap(part => part.labels ?? []),
    wires: wiresOf(scene, boxes),
  };
};

/** A bus belongs to one virtual machine: without one that is chosen and running there is none to draw. */
const busPart = ({ focus }: Scene, at: Rect): Part => {
  if (focus?.connection === undefined) return { frames: [], boxes: [] };
  const { state } = focus.connection;
  const box: Box = {
    ...at,
    y: at.y + at.h * 0.18,
    h: at.h * 0.64,
    id: 'bus',
    look: 'bus',
    title: `VMBus of ${focus.vm.name ?? ''}`,
    lines: [state ?? ''],
    inspect: focus.connection.id,
  };
  return { frames: [], boxes: [box] };
};

/** Boxes side by side in a row, by their shares of its width. */
export const inRow = <T extends { readonly share: number }>(
  items: readonly T[],
  { x, y, w, h }: Rect,
  gap: number,
): readonly (T & Rect)[] => {
  const whole = items.reduce((sum, { share }) => sum + share, 0);
  const room = w - gap * (items.length - 1);
  let left = x;
  return items.map(item => {
    const width = (room * item.share) / whole;
    const rect = { ...item, x: left, y, w: width, h };
    left += width + gap;
    return rect;
  });
};

/** Of the chosen machine, where its counters are known; else how the mechanism works. */
const countsOf = ({ focus }: Scene, counters: SceneCounters) => {
  const { partition } = focus ?? {};
  const counts = partition && counters.get(partition.id);
  if (partition === undefined || counts === undefined) {
    return { hypercalls: 'by code and status', intercepts: 'SINT0 to VID' };
  }
  const { hypercalls = 0, ioIntercepts = 0, memoryIntercepts = 0 } = counts;
  const others = (counts['cpuidIntercepts'] ?? 0) + (counts['msrIntercepts'] ?? 0);
  const of = `of id ${partition.number ?? ''}`;
  return {
    hypercalls: `${countText(hypercalls)} ${of}`,
    intercepts: `${countText(ioIntercepts + memoryIntercepts + others)} ${of}`,
  };
};

const hypervisorPart = (scene: Scene, at: Rect, counters: SceneCounters): Part => {
  const { host, machines, root, processors } = scene;
  const partitions =
    machines.filter(({ partition }) => partition !== undefined).length + (root ? 1 : 0);
  const { hypercalls, intercepts } = countsOf(scene, counters);
  const cells = [
    {
      share: 5,
      id: 'hypervisor',
      title: 'Hypercalls',
      line: hypercalls,
      inspect: scene.focus?.partition?.id ?? 'component:hypervisor',
    },
    {
      share: 3,
      id: 'partitions',
      title: 'Partitions',
      line: countText(partitions),
      inspect: root?.id ?? 'component:hypervisor',
    },
    {
      share: 3,
      id: 'synic',
      title: 'SynIC',
      line: 'SINT2: VMBus',
      inspect: 'component:hypervisor',
    },
    {
      share: 4,
      id: 'intercepts',
      title: 'Intercepts',
      line: intercepts,
      inspect: scene.focus?.partition?.id ?? 'component:hypervisor',
    },
    {
      share: 4,
      id: 'scheduler',
      title: 'Scheduler',
      line: `${countText(processors)} VPs, ${host.logicalProcessors ?? 0} LPs`,
      inspect: 'component:hypervisor',
    },
  ];
  const row = { x: at.x + 12, y: at.y + 26, w: at.w - 24, h: at.h - 35 };
  const off = host.hypervisorRunning !== true;
  return {
    frames: [
      {
        ...at,
        id: 'hypervisor-frame',
        look: off ? 'absent' : 'hypervisor',
        title: 'Hypervisor',
        note: off ? 'not running' : 'hvix64.exe 6.2.9200',
        inspect: 'component:hypervisor',
      },
    ],
    boxes: off
      ? []
      : inRow(cells, row, 8).map(({ line, ...cell }) => ({
          ...cell,
          look: 'plain',
          lines: [line],
        })),
  };
};

const hardwarePart = ({ host, nics, volumes }: Scene, at: Rect): Part => {
  const memory = host.memory ?? 0;
  const used = (host.memoryReserve ?? 0) + (host.memoryAssigned ?? 0);
  const up = nics.filter(({ linkUp }) => linkUp).length;
  const capacity = volumes.reduce((sum, volume) => sum + (volume.capacity ?? 0), 0);
  const free = volumes.reduce((sum, volume) => sum + (volume.free ?? 0), 0);
  const cells = [
    {
      share: 4,
      id: 'hardware',
      title: 'Processors',
      line: `${host.logicalProcessors ?? 0} LPs`,
      inspect: host.id as string,
    },
    {
      share: 4,
      id: 'memory',
      title: 'Memory',
      line: shareText(used, memory),
      inspect: host.id as string,
      fill: memory === 0 ? 0 : used / memory,
    },
    {
      share: 4,
      id: 'nic',
      title: 'Network',
      line: `${up} of ${nics.length} up`,
      inspect: nics[0]?.id ?? host.id,
    },
    {
      share: 4,
      id: 'volume',
      title: 'Disks',
      line: `${roughSizeText(free)} free`,
      inspect: volumes[0]?.id ?? host.id,
      ...(capacity === 0 ? {} : { fill: 1 - free / capacity }),
    },
  ];
  const row = { x: at.x + 88, y: at.y + 10, w: at.w - 100, h: 28 };
  return {
    frames: [
      {
        ...at,
        id: 'hardware-frame',
        look: 'hardware',
        title: 'Hardware',
        note: '',
        inspect: host.id,
      },
    ],
    boxes: inRow(cells, row, 8).map(({ line, ...cell }) => ({
      ...cell,
      look: 'quiet',
      lines: [line],
    })),
  };
};

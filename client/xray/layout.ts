import { plural } from '../format/amount.ts';
import type { Level } from '../route/address.ts';
import type { Box, Drawing, Frame, Label, Rect } from './drawing.ts';
import { hardwarePart, hypervisorPart } from './layout-below.ts';
import { childBoxes } from './layout-child.ts';
import { parentBoxes } from './layout-parent.ts';
import { hasBus, type Readings, type Scene } from './scene.ts';
import { wiresOf } from './wires.ts';

// The arrangement of the book's figure: hardware and hypervisor below, the parent partition left with
// user mode over kernel mode, the child partitions right, the bus between. Sizes follow the window.

export const LEAST = { width: 620, height: 384 } as const;

const PAD = 9;
const HARDWARE = 44;
const HYPERVISOR = 66;
/** Room between the partitions and the hypervisor, where the labels of hypercalls stand. */
const GAP = 25;
const BUS = 26;
/** Right of the child partitions, where the ways of emulated devices go down. */
const GUTTER = 8;

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

export const layout = (scene: Scene, view: View, readings: Readings): Drawing => {
  const { level, ...size } = view;
  const width = Math.max(size.width, LEAST.width);
  const height = Math.max(size.height, LEAST.height);
  const inner = width - 2 * PAD;
  const hardwareY = height - PAD - HARDWARE;
  const hypervisorY = hardwareY - 8 - HYPERVISOR;
  const top: Rect = { x: PAD, y: PAD, w: inner, h: hypervisorY - GAP - PAD };
  const parent = { ...top, w: Math.round(inner * 0.47) };
  const bus = { x: parent.x + parent.w + 10, y: top.y + 8, w: BUS, h: top.h - 16 };
  const childX = bus.x + bus.w + 14;
  const child = { ...top, x: childX, w: width - PAD - GUTTER - childX };
  const detail = { level, readings };
  const parts: readonly Part[] = [
    parentBoxes(scene, parent, detail),
    busPart(scene, bus),
    childBoxes(scene, child, detail),
    hypervisorPart(scene, { x: PAD, y: hypervisorY, w: inner, h: HYPERVISOR }, detail),
    hardwarePart(scene, { x: PAD, y: hardwareY, w: inner, h: HARDWARE }, detail),
  ];
  const frames = parts.flatMap(part => part.frames);
  const boxes = parts.flatMap(part => part.boxes);
  return {
    width,
    height,
    boxes,
    frames,
    labels: parts.flatMap(part => part.labels ?? []),
    wires: wiresOf(scene, { boxes, frames }, readings),
  };
};

/** Each machine has a bus of its own; without one that is up there is none to draw. */
const busPart = ({ focus, machines }: Scene, at: Rect): Part => {
  const buses = machines.filter(machine => hasBus(machine));
  const own = focus !== null && hasBus(focus) ? focus : null;
  if (buses.length === 0) return { frames: [], boxes: [] };
  const title = own
    ? `VMBus of ${own.vm.name ?? ''}`
    : `VMBus, ${plural(buses.length, 'bus', 'buses')}`;
  const inspect = own?.connection?.id ?? 'component:vmbusr';
  const state = own?.connection?.state;
  const box: Box = {
    ...at,
    id: 'bus',
    look: 'bus',
    title,
    lines: state === undefined ? [] : [state],
    inspect,
  };
  return { frames: [], boxes: [box] };
};

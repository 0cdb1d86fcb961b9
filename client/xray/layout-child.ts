import { groupBy } from '../state/group-by.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import { type Detail, FOCUS_HEIGHT, focusPart } from './layout-focus.ts';
import type { Part } from './layout.ts';
import type { Scene, SceneMachine } from './scene.ts';

// The child partitions. The chosen machine is opened; the others are a card each, and where there is no
// room for all of them, a count by state.

const GAP = 8;
const CARD_HEIGHT = 40;
const LEAST_CARD = 112;

export const childBoxes = (scene: Scene, at: Rect, detail: Detail): Part => {
  const { level } = detail;
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
  const opened = focusPart(focus, { ...at, h: height }, detail);
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

import { plural } from '../format/amount.ts';
import { groupBy } from '../state/group-by.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import { type Detail, FRAMED, machinePart, OPENED } from './layout-machine.ts';
import type { Part } from './layout.ts';
import { isEmulating, type Scene, type SceneMachine } from './scene.ts';

// The child partitions. The chosen machine is opened; the others are as large as there is room for all of
// them: with their devices, as a card, or as a tile with a name. Beyond that they are counted by state.

const GAP = 8;

interface Form {
  readonly w: number;
  readonly h: number;
  readonly gap: number;
}

const CARD: Form = { w: 112, h: 38, gap: GAP };
const TILE: Form = { w: 40, h: 18, gap: 3 };
const FRAME: Form = { ...FRAMED, gap: 10 };

/** The largest first. */
const FORMS: readonly Form[] = [FRAME, CARD, TILE];

/** As many are drawn one by one; of more than that nobody could tell one from another. */
const MOST = 64;

export const childBoxes = (scene: Scene, at: Rect, detail: Detail): Part => {
  const { focus } = scene;
  const others = scene.machines.filter(({ vm }) => vm.id !== focus?.vm.id);
  if (focus === null) return overview(others, at, detail);
  if (others.length === 0) return machinePart(focus, at, detail);
  const opened = detail.level === 'full' ? OPENED.full : OPENED.h;
  const least = focus.partition === undefined ? 100 : opened;
  const room = { ...at, h: Math.max(TILE.h, at.h - least - GAP) };
  // The full picture of the chosen machine needs the room that the others could do with.
  const placed = place(others, room, detail.level === 'full' ? [CARD, TILE] : FORMS);
  if (placed === null) return machinePart(focus, at, detail);
  const used = heightOf(placed, room.w);
  const own = machinePart(focus, { ...at, h: at.h - used - GAP }, detail);
  const rest = { ...at, y: at.y + at.h - used, h: used };
  return joined([own, drawn(placed, rest, detail)]);
};

/** No machine is chosen: all of them, and that one may be. */
const overview = (machines: readonly SceneMachine[], at: Rect, detail: Detail): Part => {
  const form = [FRAME].find(one => fits(machines.length, one, at));
  if (form !== undefined && machines.length > 0) {
    const placed = { form, machines, clusters: [] };
    return drawn(placed, at, detail, { stretch: true });
  }
  const note = machines.length === 0 ? 'none yet' : `${machines.length}, choose one to open it`;
  const frame: Frame = {
    ...at,
    id: 'children',
    look: 'absent',
    title: 'Child partitions',
    note,
    inspect: null,
  };
  const inside = { x: at.x + 12, y: at.y + 29, w: at.w - 24, h: at.h - 41 };
  const placed = place(machines, inside);
  return joined([
    { frames: [frame], boxes: [] },
    ...(placed === null ? [] : [drawn(placed, inside, detail, { stretch: placed.form !== CARD })]),
  ]);
};

interface Placed {
  readonly form: Form;
  readonly machines: readonly SceneMachine[];
  /** Those that are not drawn one by one. */
  readonly clusters: readonly Cluster[];
}

interface Cluster {
  readonly state: string;
  readonly machines: readonly SceneMachine[];
}

const columnsIn = ({ w, gap }: Form, width: number): number =>
  Math.max(1, Math.floor((width + gap) / (w + gap)));

const rowsIn = ({ h, gap }: Form, height: number): number => Math.floor((height + gap) / (h + gap));

const fits = (count: number, form: Form, { w, h }: Rect): boolean =>
  w >= form.w && columnsIn(form, w) * rowsIn(form, h) >= count;

/** In the largest form in which all of them find room; null where there is none at all. */
const place = (
  machines: readonly SceneMachine[],
  at: Rect,
  forms: readonly Form[] = FORMS,
): Placed | null => {
  if (machines.length <= MOST) {
    const form = forms.find(one => fits(machines.length, one, at));
    if (form !== undefined) return { form, machines, clusters: [] };
  }
  const room = columnsIn(CARD, at.w) * rowsIn(CARD, at.h);
  if (room === 0) return null;
  // What is under way is worth a card of its own; the rest is counted.
  const active = machines.filter(machine => rank(machine) === 0);
  const calm = groupBy(
    machines.filter(machine => rank(machine) > 0),
    ({ vm }) => vm.state ?? '',
  );
  const clusters = [...calm].map(([state, of]) => ({ state, machines: of }));
  if (clusters.length + active.length <= room) return { form: CARD, machines: active, clusters };
  const all = [...groupBy(machines, ({ vm }) => vm.state ?? '')];
  const shown = all.slice(0, all.length > room ? room - 1 : room);
  const rest = all.slice(shown.length).flatMap(([, of]) => of);
  return {
    form: CARD,
    machines: [],
    clusters: [
      ...shown.map(([state, of]) => ({ state, machines: of })),
      ...(rest.length === 0 ? [] : [{ state: 'in other states', machines: rest }]),
    ],
  };
};

const heightOf = ({ form, machines, clusters }: Placed, width: number): number => {
  const rows = Math.ceil((machines.length + clusters.length) / columnsIn(form, width));
  return Math.max(0, rows * (form.h + form.gap) - form.gap);
};

const drawn = (
  { form, machines, clusters }: Placed,
  at: Rect,
  detail: Detail,
  { stretch } = { stretch: false },
): Part => {
  const count = machines.length + clusters.length;
  const columns = Math.min(columnsIn(form, at.w), Math.max(1, count));
  const rows = Math.ceil(count / columns);
  const width = (at.w - form.gap * (columns - 1)) / columns;
  const height = stretch ? (at.h - form.gap * (rows - 1)) / rows : form.h;
  const rect = (index: number): Rect => {
    const row = Math.floor(index / columns);
    const isLast = form === FRAME && row === rows - 1;
    // What is left for the last row shares its whole width.
    const inRow = isLast ? count - row * columns : columns;
    const own = isLast ? (at.w - form.gap * (inRow - 1)) / inRow : width;
    const x = at.x + (index % columns) * (own + form.gap);
    return { x, y: at.y + row * (height + form.gap), w: own, h: height };
  };
  if (form === FRAME)
    return joined(machines.map((one, index) => machinePart(one, rect(index), detail)));
  const box = form === TILE ? tile : card;
  return {
    frames: [],
    boxes: [
      ...machines.map((machine, index) => box(machine, rect(index))),
      ...clusters.map((cluster, index) => clusterBox(cluster, rect(machines.length + index))),
    ],
  };
};

const joined = (parts: readonly Part[]): Part => ({
  frames: parts.flatMap(part => part.frames),
  boxes: parts.flatMap(part => part.boxes),
});

const rank = ({ vm }: SceneMachine): number => {
  if (vm.state === 'Off' || vm.state === 'Saved') return 2;
  return vm.state === 'Running' || vm.state === 'Paused' ? 1 : 0;
};

const card = (machine: SceneMachine, at: Rect): Box => {
  const { vm, partition, guest } = machine;
  const phase = isEmulating(machine) ? 'emulated' : (guest?.phase ?? vm.state ?? '');
  return {
    ...tile(machine, at),
    look: partition === undefined ? 'off' : 'plain',
    lines: [
      partition === undefined
        ? `${vm.state ?? ''}, no partition`
        : `id ${partition.number ?? ''}, ${phase}`,
    ],
  };
};

const tile = ({ vm, partition, guest }: SceneMachine, at: Rect): Box => ({
  ...at,
  id: `guest ${vm.id}`,
  look: partition === undefined ? 'off' : 'tile',
  title: vm.name ?? '',
  lines: [],
  about: `${vm.name ?? ''}, ${vm.state ?? ''}${guest ? `, guest ${guest.phase ?? ''}` : ''}`,
  inspect: null,
  choose: vm.id,
  rev: vm.rev,
});

const clusterBox = ({ state, machines }: Cluster, at: Rect): Box => ({
  ...at,
  id: `more-machines ${state}`,
  look: 'quiet',
  title: plural(machines.length, 'machine'),
  lines: [state.toLowerCase()],
  inspect: null,
  holds: new Set(machines.map(({ vm }) => vm.id)),
});

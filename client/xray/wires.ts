import type { Box, Point, Wire, WireLook } from './drawing.ts';
import { way } from './path.ts';
import { isEmulating, type Scene, type SceneFocus } from './scene.ts';

// What is connected with what, as the records say it: a synthetic device is a solid wire from its VSC
// through the bus to its VSP; an emulated one is a dashed way down to the hypervisor's intercept, over
// VID, up to the worker process.

type Find = (id: string) => Box | undefined;

export const wiresOf = (scene: Scene, boxes: readonly Box[]): readonly Wire[] => {
  const byId = new Map(boxes.map(box => [box.id, box]));
  const find: Find = id => byId.get(id);
  return [
    ...driverWires(find),
    ...(scene.focus === null ? [] : focusWires(scene.focus, find)),
  ].filter(wire => wire !== null);
};

const wire = (
  find: Find,
  [from, to]: readonly [from: string, to: string],
  look: WireLook,
  about = '',
): Wire | null => {
  const [a, b] = [find(from), find(to)];
  if (a === undefined || b === undefined) return null;
  return { id: `${from}>${to}`, look, about, points: way(a, b) };
};

/** In the parent partition one driver stands on the other, whatever runs. */
const driverWires = (find: Find): readonly (Wire | null)[] => [
  wire(find, ['vid', 'winhv'], 'driver'),
  wire(find, ['storvsp', 'vhdmp'], 'driver'),
  wire(find, ['netvsp', 'vmswitch'], 'driver'),
];

const focusWires = (focus: SceneFocus, find: Find): readonly (Wire | null)[] => {
  const { vm } = focus;
  const synthetic = busWires(focus, find);
  if (!isEmulating(focus)) return synthetic;
  const about = `Each access of ${vm.name ?? 'the guest'} to a port is an intercept`;
  return [
    ...synthetic,
    wire(find, [`firmware ${vm.id}`, 'intercepts'], 'emulated', about),
    roundTheParent(find, about),
    wire(find, ['vid', `vmwp ${vm.id}`], 'emulated', about),
  ];
};

const lookOf = (focus: SceneFocus, isMine: (device: string) => boolean): WireLook | null => {
  const mine = focus.channels.filter(({ device }) => isMine(device ?? ''));
  if (mine.length === 0) return null;
  return mine.some(({ state }) => state === 'Open') ? 'synthetic' : 'offered';
};

const busWires = (focus: SceneFocus, find: Find): readonly (Wire | null)[] => {
  const { vm, connection } = focus;
  if (connection === undefined) return [];
  const bus: WireLook = connection.state === 'Connected' ? 'synthetic' : 'offered';
  const storage = lookOf(focus, device => device === 'storvsp' || device === 'ide-accelerator');
  const network = lookOf(focus, device => device === 'netvsp');
  const services = lookOf(focus, device => device.startsWith('ic-'));
  const server = find('vmbusr');
  return [
    toBus(find, 'vmbusr', bus, `The bus of ${vm.name ?? ''}: server end`),
    toBus(find, `vmbus ${vm.id}`, bus, `The bus of ${vm.name ?? ''}: client end`),
    storage && server ? over(find, 'storvsp', 'vmbusr', storage) : null,
    network && wire(find, ['netvsp', 'vmbusr'], network),
    storage && wire(find, [`storvsc ${vm.id}`, `vmbus ${vm.id}`], storage),
    network && wire(find, [`netvsc ${vm.id}`, `vmbus ${vm.id}`], network),
    services && wire(find, [`ic ${vm.id}`, `vmbus ${vm.id}`], services),
  ];
};

/** To the edge of the bus, at the height of the box; the bus itself is as high as both. */
const toBus = (find: Find, from: string, look: WireLook, about: string): Wire | null => {
  const [box, bus] = [find(from), find('bus')];
  if (box === undefined || bus === undefined) return null;
  const y = Math.min(Math.max(box.y + box.h / 2, bus.y + 10), bus.y + bus.h - 10);
  const right = bus.x > box.x;
  const start = { x: right ? box.x + box.w : box.x, y: box.y + box.h / 2 };
  const end = { x: right ? bus.x : bus.x + bus.w, y };
  const turn = { x: (start.x + end.x) / 2, y: start.y };
  const points: readonly Point[] =
    start.y === end.y ? [start, end] : [start, turn, { x: turn.x, y: end.y }, end];
  return { id: `${from}>bus`, look, about, points };
};

/** From the hypervisor's intercepts to VID: below the parent partition and up along its left edge. */
const roundTheParent = (find: Find, about: string): Wire | null => {
  const [intercepts, vid, winhv] = [find('intercepts'), find('vid'), find('winhv')];
  if (intercepts === undefined || vid === undefined || winhv === undefined) return null;
  const start = { x: intercepts.x + 14, y: intercepts.y };
  const below = winhv.y + winhv.h + 18;
  const beside = vid.x - 7;
  const end = { x: vid.x, y: vid.y + vid.h / 2 };
  return {
    id: 'intercepts>vid',
    look: 'emulated',
    about,
    points: [
      start,
      { x: start.x, y: below },
      { x: beside, y: below },
      { x: beside, y: end.y },
      end,
    ],
  };
};

/** Past a neighbour that stands between: below both, through the gap of the two rows. */
const over = (find: Find, from: string, to: string, look: WireLook): Wire | null => {
  const [a, b] = [find(from), find(to)];
  if (a === undefined || b === undefined) return null;
  const y = a.y + a.h + 4;
  const x = a.x + a.w * 0.75;
  return {
    id: `${from}>${to}`,
    look,
    about: '',
    points: [
      { x, y: a.y + a.h },
      { x, y },
      { x: b.x, y },
    ],
  };
};

import { countText } from '../format/amount.ts';
import type { Box, Frame, Point, Rect, Wire, WireLook } from './drawing.ts';
import { way } from './path.ts';
import {
  hasBus,
  INTERCEPTS,
  isEmulating,
  type Readings,
  type Scene,
  type SceneMachine,
  total,
} from './scene.ts';

// What is connected with what, as the records say it: a synthetic device is a solid wire from its VSC
// through the bus to its VSP; an emulated one is a dashed way down to the hypervisor's intercept, over
// VID, up to the worker process.

/** The boxes and frames that wires end at. */
interface Ends {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly frames: ReadonlyMap<string, Frame>;
  readonly readings: Readings;
}

export const wiresOf = (
  scene: Scene,
  drawn: { readonly boxes: readonly Box[]; readonly frames: readonly Frame[] },
  readings: Readings,
): readonly Wire[] => {
  const ends: Ends = {
    boxes: new Map(drawn.boxes.map(box => [box.id, box])),
    frames: new Map(drawn.frames.map(frame => [frame.id, frame])),
    readings,
  };
  const { focus, machines } = scene;
  const others = machines.filter(machine => machine !== focus);
  return [
    ...driverWires(ends),
    ...serverWires(scene, ends),
    ...(focus === null ? [] : openedWires(focus, ends)),
    ...others.flatMap(machine => framedWires(machine, ends)),
    ...clusteredWires(machines, ends),
    ...emulatedWires(machines, ends),
  ].filter(wire => wire !== null);
};

interface Told {
  readonly look: WireLook;
  readonly about: string;
  readonly inspect: string | null;
}

const wire = (
  { boxes }: Ends,
  [from, to]: readonly [from: string, to: string],
  told: Told,
): Wire | null => {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (a === undefined || b === undefined) return null;
  return { id: `${from}>${to}`, ...told, points: way(a, b) };
};

/** In the parent partition one driver stands on the other, whatever runs. */
const driverWires = (ends: Ends): readonly (Wire | null)[] => {
  const pairs: readonly (readonly [string, string])[] = [
    ['vid', 'winhv'],
    ['storvsp', 'vhdmp'],
    ['netvsp', 'vmswitch'],
  ];
  return pairs.map(pair =>
    wire(ends, pair, {
      look: 'driver',
      about: `${pair[0]} stands on ${pair[1]}`,
      inspect: `component:${pair[1]}`,
    }),
  );
};

const isStorage = (device: string): boolean => device === 'storvsp' || device === 'ide-accelerator';
const isNetwork = (device: string): boolean => device === 'netvsp';
const isService = (device: string): boolean => device.startsWith('ic-');

const lookOf = (
  machines: readonly SceneMachine[],
  isMine: (device: string) => boolean,
): WireLook | null => {
  const mine = machines.flatMap(({ channels }) =>
    channels.filter(({ device }) => isMine(device ?? '')),
  );
  if (mine.length === 0) return null;
  return mine.some(({ state }) => state === 'Open') ? 'synthetic' : 'offered';
};

/** The parent's half: each VSP at the VMBus server, and the server at the bus. */
const serverWires = ({ machines, focus }: Scene, ends: Ends): readonly (Wire | null)[] => {
  const of = focus === null ? machines : [focus];
  const buses = of.filter(hasBus);
  const first = buses[0];
  if (first === undefined) return [];
  const connected = buses.some(
    ({ connection }) => connection === undefined || connection.state === 'Connected',
  );
  const storage = lookOf(of, isStorage);
  const network = lookOf(of, isNetwork);
  const name = focus?.vm.name ?? 'all machines';
  const wireOf = (kind: string): string =>
    focus === null ? 'component:vmbusr' : `wire:${kind}:${focus.vm.id}`;
  return [
    toBus(ends, 'vmbusr', {
      look: connected ? 'synthetic' : 'offered',
      about: `The bus of ${name}: server end`,
      inspect: focus?.connection?.id ?? 'component:vmbusr',
    }),
    storage &&
      over(ends, ['storvsp', 'vmbusr'], {
        look: storage,
        about: `Storage channels of ${name}`,
        inspect: wireOf('storvsc'),
      }),
    network &&
      wire(ends, ['netvsp', 'vmbusr'], {
        look: network,
        about: `Network channels of ${name}`,
        inspect: wireOf('netvsc'),
      }),
  ];
};

/** The guest's half, of a machine that is drawn with its bus client. */
const openedWires = (machine: SceneMachine, ends: Ends): readonly (Wire | null)[] => {
  const { vm, connection } = machine;
  if (!ends.boxes.has(`vmbus ${vm.id}`)) return framedWires(machine, ends);
  if (connection === undefined) return [];
  const own = (id: string, is: (device: string) => boolean, name: string): Wire | null => {
    const look = lookOf([machine], is);
    const inspect = `wire:${id}:${vm.id}`;
    const about = `${name} of ${vm.name ?? ''}`;
    return look && wire(ends, [`${id} ${vm.id}`, `vmbus ${vm.id}`], { look, about, inspect });
  };
  const bus = toBus(ends, `vmbus ${vm.id}`, {
    look: connection.state === 'Connected' ? 'synthetic' : 'offered',
    about: `The bus of ${vm.name ?? ''}: client end`,
    inspect: connection.id,
  });
  return [
    bus,
    own('storvsc', isStorage, 'Storage channels'),
    own('netvsc', isNetwork, 'Network channels'),
    own('ic', isService, 'Channels of the integration services'),
  ];
};

/** One wire for all channels of a machine that is drawn small. */
const framedWires = (machine: SceneMachine, { boxes, frames }: Ends): readonly Wire[] => {
  const { vm, connection } = machine;
  const chip = boxes.get(`storvsc ${vm.id}`);
  const frame = frames.get(`guest ${vm.id} frame`);
  const bus = boxes.get('bus');
  if (chip === undefined || frame === undefined || bus === undefined || !hasBus(machine)) return [];
  const connected = connection === undefined || connection.state === 'Connected';
  const edge = bus.x + bus.w;
  const middle = chip.y + chip.h / 2;
  const isFirst = frame.x - edge < 24 && middle > bus.y && middle < bus.y + bus.h;
  // Into the gap between the rows, so that it goes behind no other machine.
  const gap = frame.y - bus.y > 20 ? frame.y - 5 : frame.y + frame.h + 5;
  const points: readonly Point[] = isFirst
    ? [
        { x: chip.x, y: middle },
        { x: edge, y: middle },
      ]
    : [
        { x: chip.x, y: middle },
        { x: frame.x - 5, y: middle },
        { x: frame.x - 5, y: gap },
        { x: edge, y: gap },
      ];
  return [
    {
      id: `bus ${vm.id}`,
      look: connected ? 'synthetic' : 'offered',
      points,
      about: `All channels of ${vm.name ?? ''}`,
      inspect: connection?.id ?? `wire:bus:${vm.id}`,
    },
  ];
};

/** Machines that are tiles share one trunk. */
const clusteredWires = (
  machines: readonly SceneMachine[],
  { boxes, frames }: Ends,
): readonly Wire[] => {
  const frame = frames.get('children');
  const bus = boxes.get('bus');
  const count = machines.filter(hasBus).length;
  if (frame === undefined || bus === undefined || count === 0) return [];
  const y = bus.y + bus.h / 2;
  return [
    {
      id: 'trunk',
      look: 'synthetic',
      points: [
        { x: frame.x, y },
        { x: bus.x + bus.w, y },
      ],
      about: `The buses of ${count} machines`,
      inspect: 'component:vmbusr',
    },
  ];
};

/** To the edge of the bus, at the height of the box; the bus itself is as high as both. */
const toBus = ({ boxes }: Ends, from: string, told: Told): Wire | null => {
  const [box, bus] = [boxes.get(from), boxes.get('bus')];
  if (box === undefined || bus === undefined) return null;
  const y = Math.min(Math.max(box.y + box.h / 2, bus.y + 10), bus.y + bus.h - 10);
  const right = bus.x > box.x;
  const start = { x: right ? box.x + box.w : box.x, y: box.y + box.h / 2 };
  const end = { x: right ? bus.x : bus.x + bus.w, y };
  const turn = { x: (start.x + end.x) / 2, y: start.y };
  const points: readonly Point[] =
    start.y === end.y ? [start, end] : [start, turn, { x: turn.x, y: end.y }, end];
  return { id: `${from}>bus`, ...told, points };
};

/** Past a neighbour that stands between: below both, through the gap of the two rows. */
const over = (
  { boxes }: Ends,
  [from, to]: readonly [from: string, to: string],
  told: Told,
): Wire | null => {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (a === undefined || b === undefined) return null;
  const y = a.y + a.h + 5;
  const x = a.x + a.w * 0.75;
  return {
    id: `${from}>${to}`,
    ...told,
    points: [
      { x, y: a.y + a.h },
      { x, y },
      { x: b.x, y },
    ],
  };
};

/** Few ways are drawn one by one; of more the worker processes would vanish behind them. */
const MOST_EMULATED = 4;

const emulatedWires = (machines: readonly SceneMachine[], ends: Ends): readonly (Wire | null)[] => {
  const emulating = machines.filter(isEmulating);
  const first = emulating[0];
  if (first === undefined) return [];
  const names = emulating.map(({ vm }) => vm.name ?? '').join(', ');
  const told: Told = {
    look: 'emulated',
    about: `Each access of ${names} to a port is an intercept`,
    inspect: `wire:emulated:${first.vm.id}`,
  };
  const shown = emulating.slice(0, MOST_EMULATED);
  return [
    ...shown.map(machine => fromDevice(machine, ends, shown.length === 1)),
    roundTheParent(ends, told),
    ...shown.map(({ vm }) =>
      wire(ends, ['vid', `vmwp ${vm.id}`], {
        ...told,
        about: `VID hands the intercepts of ${vm.name ?? ''} to its worker process`,
        inspect: `wire:emulated:${vm.id}`,
      }),
    ),
  ];
};

/** Straight down from the devices of the machine, with its count. */
const fromDevice = (machine: SceneMachine, ends: Ends, alone: boolean): Wire | null => {
  const { vm, partition } = machine;
  const { boxes, readings } = ends;
  const chip = boxes.get(`firmware ${vm.id}`) ?? boxes.get(`guest ${vm.id}`);
  const intercepts = boxes.get('intercepts');
  if (chip === undefined || intercepts === undefined) return null;
  const frame = ends.frames.get(`guest ${vm.id} frame`);
  const points = frame === undefined ? way(chip, intercepts) : beside(chip, frame, intercepts);
  const [first, last] = [points.at(0) as Point, points.at(-1) as Point];
  // Of several each number stands at its own machine; where the devices are drawn they tell it themselves.
  const own = frame === undefined ? { x: first.x + 5, y: first.y + 3 } : null;
  const count = alone ? { x: last.x + 5, y: intercepts.y - 32 } : own;
  const rate = total(readings.rates, [partition?.id], INTERCEPTS);
  const all = total(readings.counters, [partition?.id], INTERCEPTS);
  const text = rate >= 0.5 ? `${countText(Math.round(rate))} exits/s` : `${countText(all)} exits`;
  return {
    id: `firmware ${vm.id}>intercepts`,
    look: 'emulated',
    points,
    about: `Each access of ${vm.name ?? ''} to a port is an intercept: ${text}`,
    inspect: `wire:emulated:${vm.id}`,
    ...(all === 0 || count === null ? {} : { count: { ...count, text } }),
  };
};

/** Out at the right, down in the gap between the partitions, and over to the intercepts. */
const beside = (chip: Rect, frame: Rect, to: Rect): readonly Point[] => {
  const y = chip.y + chip.h / 2;
  const right = frame.x + frame.w + 5;
  const end = Math.min(Math.max(right, to.x + to.w * 0.6), to.x + to.w - 12);
  const above = to.y - 40;
  const start = { x: chip.x + chip.w, y };
  const foot = { x: right, y: above };
  return right === end
    ? [start, { x: right, y }, { x: end, y: to.y }]
    : [start, { x: right, y }, foot, { x: end, y: above }, { x: end, y: to.y }];
};

/** From the hypervisor's intercepts to VID: below the parent partition and up along its left edge. */
const roundTheParent = ({ boxes }: Ends, told: Told): Wire | null => {
  const [intercepts, vid, winhv] = [boxes.get('intercepts'), boxes.get('vid'), boxes.get('winhv')];
  if (intercepts === undefined || vid === undefined || winhv === undefined) return null;
  const start = { x: intercepts.x + 14, y: intercepts.y };
  const below = winhv.y + winhv.h + 18;
  const beside = vid.x - 7;
  const end = { x: vid.x, y: vid.y + vid.h / 2 };
  return {
    id: 'intercepts>vid',
    ...told,
    points: [
      start,
      { x: start.x, y: below },
      { x: beside, y: below },
      { x: beside, y: end.y },
      end,
    ],
  };
};

import { countText, plural, roughSizeText, shareText } from '../format/amount.ts';
import type { Box, Frame, Rect } from './drawing.ts';
import type { Detail } from './layout-machine.ts';
import type { Part } from './layout.ts';
import { INTERCEPTS, isEmulating, type Readings, type Scene, total } from './scene.ts';

// Under the partitions: the hypervisor with its counters, and the hardware it stands on.

/** Boxes side by side in a row, by their shares of its width. */
const inRow = <T extends { readonly share: number }>(
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

/** `1,204/s` while it runs, `1,204` while it stands; what it is for where nobody knows. */
const running = (
  { counters, rates }: Readings,
  ids: readonly (string | undefined)[],
  columns: readonly string[],
): string | null => {
  if (ids.every(id => id === undefined || !counters.has(id))) return null;
  const rate = total(rates, ids, columns);
  const all = countText(total(counters, ids, columns));
  return rate >= 0.5 ? `${countText(Math.round(rate))}/s, ${all}` : all;
};

interface Cell extends Pick<Box, 'id' | 'title' | 'lines' | 'inspect' | 'fill' | 'about'> {
  readonly share: number;
}

const cellBox = ({ share: _share, ...box }: Cell & Rect, look: Box['look']): Box => ({
  ...box,
  look,
});

const hypervisorCells = (scene: Scene, readings: Readings): readonly Cell[] => {
  const { host, machines, root, processors, focus } = scene;
  const partitions =
    machines.filter(({ partition }) => partition !== undefined).length + (root ? 1 : 0);
  const ids = [root?.id, ...machines.map(({ partition }) => partition?.id)];
  const hypercalls = running(readings, ids, ['hypercalls']);
  const intercepts = running(readings, ids, INTERCEPTS);
  const channels = machines.flatMap(machine => machine.channels.map(({ id }) => id));
  const signals = running(readings, channels, ['signalsToHost', 'signalsToGuest']);
  const record = root?.id ?? 'component:hypervisor';
  const emulating = focus?.partition ? focus : machines.find(isEmulating);
  return [
    {
      share: 5,
      id: 'hypervisor',
      title: 'Hypercalls',
      lines: [hypercalls ?? 'by code and status'],
      inspect: record,
    },
    {
      share: 2.6,
      id: 'partitions',
      title: 'Partitions',
      lines: [countText(partitions)],
      inspect: root?.id ?? 'component:hypervisor',
    },
    {
      share: 4,
      id: 'synic',
      title: 'SynIC',
      lines: [signals === null ? 'SINT2: VMBus' : `SINT2 ${signals}`],
      inspect: focus?.processors[0]?.id ?? 'component:hypervisor',
    },
    {
      share: 5,
      id: 'intercepts',
      title: 'Intercepts',
      lines: [intercepts === null ? 'SINT0 to VID' : `SINT0 ${intercepts}`],
      inspect: emulating ? `wire:emulated:${emulating.vm.id}` : record,
    },
    {
      share: 3.6,
      id: 'scheduler',
      title: 'Scheduler',
      lines: [`${countText(processors)} VPs, ${host.logicalProcessors ?? 0} LPs`],
      inspect: 'component:hypervisor',
    },
  ];
};

export const hypervisorPart = (scene: Scene, at: Rect, { level, readings }: Detail): Part => {
  const off = scene.host.hypervisorRunning !== true;
  const row = { x: at.x + 12, y: at.y + 26, w: at.w - 24, h: at.h - 35 };
  const where = level === 'full' ? ', under every partition, the parent too' : '';
  const frame: Frame = {
    ...at,
    id: 'hypervisor-frame',
    look: off ? 'absent' : 'hypervisor',
    title: 'Hypervisor',
    note: off ? 'not running' : `hvix64.exe 6.2.9200${where}`,
    inspect: 'component:hypervisor',
  };
  const cells = off ? [] : inRow(hypervisorCells(scene, readings), row, 8);
  return { frames: [frame], boxes: cells.map(cell => cellBox(cell, 'plain')) };
};

export const hardwarePart = (scene: Scene, at: Rect, { level, readings }: Detail): Part => {
  const { host, nics, volumes } = scene;
  const memory = host.memory ?? 0;
  // Without power nothing is in its memory and no link is up.
  const off = host.state === 'Off';
  const used = off ? 0 : (host.memoryReserve ?? 0) + (host.memoryAssigned ?? 0);
  const up = nics.filter(({ linkUp }) => linkUp).length;
  const capacity = volumes.reduce((sum, volume) => sum + (volume.capacity ?? 0), 0);
  const free = volumes.reduce((sum, volume) => sum + (volume.free ?? 0), 0);
  const cells: readonly Cell[] = [
    {
      share: 5,
      id: 'memory',
      title: 'Memory',
      lines: [off ? roughSizeText(memory) : shareText(used, memory)],
      inspect: host.id as string,
      fill: memory === 0 ? 0 : used / memory,
    },
    {
      share: 4,
      id: 'nic',
      title: 'Network',
      lines: [off ? plural(nics.length, 'port') : `${up} of ${nics.length} up`],
      inspect: nics[0]?.id ?? host.id,
    },
    {
      share: 5,
      id: 'volume',
      title: 'Disks',
      lines: [`${roughSizeText(free)} free`],
      inspect: volumes[0]?.id ?? host.id,
      ...(capacity === 0 ? {} : { fill: 1 - free / capacity }),
    },
  ];
  const row = { x: at.x + 88, y: at.y + 10, w: at.w - 100, h: at.h - 20 };
  // Less where there is no room for one tile of each processor anyway.
  const tiles = level === 'full' && scene.logicalProcessors.length * TILE <= row.w * 0.4 - 8;
  const half = Math.round(row.w * (tiles ? 0.4 : 0.3));
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
    boxes: [
      ...processorBoxes(scene, { ...row, w: half - 8 }, tiles, readings),
      ...inRow(cells, { ...row, x: row.x + half, w: row.w - half }, 8).map(cell =>
        cellBox(cell, 'quiet'),
      ),
    ],
  };
};

/** The least that a tile and the gap after it take. */
const TILE = 26;

/** How busy the scheduler is on each logical processor; each of them to be opened where there is room. */
const processorBoxes = (
  { host, logicalProcessors: all }: Scene,
  at: Rect,
  each: boolean,
  { counters, rates }: Readings,
): readonly Box[] => {
  const switches = all.map(({ id }) => rates.get(id)?.['contextSwitches'] ?? 0);
  const most = Math.max(1, ...switches);
  const bars = switches.map(rate => rate / most);
  if (each && all.length > 0) {
    const cells = all.map(({ id, index }, position): Cell => {
      const rate = Math.round(switches[position] ?? 0);
      const sum = countText(counters.get(id)?.['contextSwitches'] ?? 0);
      return {
        share: 1,
        id,
        title: `LP${index ?? ''}`,
        lines: [],
        inspect: id,
        about: `Logical processor ${index ?? ''}: ${sum} context switches, ${rate}/s`,
        fill: bars[position] ?? 0,
      };
    });
    return inRow(cells, at, 4).map(cell => cellBox(cell, 'tile'));
  }
  return [
    {
      ...at,
      id: 'hardware',
      look: 'quiet',
      title: 'Processors',
      lines: [`${host.logicalProcessors ?? 0} LPs`],
      inspect: host.id,
      ...(most > 1 ? { bars } : {}),
    },
  ];
};

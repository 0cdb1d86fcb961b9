import { expect, test } from 'vitest';
import { World } from '../engine/world.ts';
import { Turn } from '../engine/turn.ts';
import { hostSpec } from '../hypervisor/bench.fixture.ts';
import { foundHost } from './found-host.ts';
import { defaultReserve } from './memory.ts';
import { GIB, MIB } from './page.ts';

test('[HW1] a host is founded Off with what the lab file says', () => {
  const turn = new Turn(new World('test'));
  const spec = hostSpec({
    logicalProcessors: 8,
    numaNodes: 2,
    networkAdapters: [{ name: 'Ethernet', speed: '10 Gbps' }],
  });

  const host = foundHost(turn, spec);

  expect(turn.must('host', host)).toMatchObject({
    state: 'Off',
    hypervisorRunning: false,
    memory: 8 * GIB,
    memoryReserve: GIB,
    address: '10.0.0.11',
  });
  const nodes = turn.all('logical-processor').map(lp => [lp.index, lp.numaNode]);
  expect(nodes).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
    [5, 1],
    [6, 1],
    [7, 1],
  ]);
  expect(turn.all('volume')).toMatchObject([{ letter: 'C', free: 90 * GIB, capacity: 100 * GIB }]);
  expect(turn.all('physical-nic')).toMatchObject([{ name: 'Ethernet', speed: 10_000_000_000 }]);
});

test('[HW2] adapters of all hosts have addresses of their own', () => {
  const turn = new Turn(new World('test'));
  const networkAdapters = Array.from({ length: 4 }, (_, n) => ({ name: `Ethernet ${n}` }));

  for (let n = 0; n < 20; n += 1) foundHost(turn, hostSpec({ name: `HV${n}`, networkAdapters }));

  const macs = turn.all('physical-nic').map(({ mac }) => mac);
  expect(new Set(macs).size).toBe(80);
  expect(macs.every(mac => /^00-1B-21(-[0-9A-F]{2}){3}$/.test(mac))).toBe(true);
});

test('[HW3] the reserve grows with the memory', () => {
  const turn = new Turn(new World('test'));

  const host = foundHost(turn, hostSpec({ memory: '32 GB', memoryReserve: null }));

  expect(turn.must('host', host).memoryReserve).toBe((384 + 32 * 30) * MIB);
  expect(defaultReserve(GIB / 2)).toBe(384 * MIB);
});

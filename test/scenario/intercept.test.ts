import { expect, test } from 'vitest';
import { must } from '../../server/base/assert.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import { Turn } from '../../server/sim/engine/turn.ts';
import type { GuestAccess } from '../../server/sim/hypervisor/access.ts';
import { exit } from '../../server/sim/hypervisor/exit.ts';
import * as vid from '../../server/sim/vid/vid.ts';
import { writeMsr } from '../../server/sim/hypervisor/msr.ts';
import { MSR } from '../../server/sim/hypervisor/msr-table.ts';
import { runProcessors, suspendProcessors } from '../../server/sim/vmwp/power.ts';
import { DEVICE_INTERCEPTS } from '../../server/sim/vmwp/emulated-device.ts';
import type { Lab } from '../fixture/lab.ts';
import { aLab } from '../fixture/lab.ts';

// Accesses of a guest, all the way: hypervisor, VID, worker process, device and back.

/** A machine that found nothing to boot from: its processor runs and asks no device for anything. */
function idle(): Lab {
  const lab = aLab({ vms: { Web: { disk: 'none' } } });
  lab.vmDo('vm.start', 'Web');
  lab.passUntil(() => lab.find('guest', guest => guest.phase === 'NoBootDevice') !== undefined);
  lab.pass(1);
  return lab;
}

const partitionOf = (lab: Lab) =>
  must(
    lab.find('partition', ({ type }) => type === 'child'),
    'the machine runs',
  ).id;

function turnOf(lab: Lab): Turn {
  const turn = new Turn(lab.world);
  lab.world.turn += 1;
  turn.begin(lab.world.now, lab.world.turn, 0, null);
  return turn;
}

/** The facts of an access, with all that follows from it. */
function made(lab: Lab, access: GuestAccess, meanwhile: (lab: Lab) => void = () => {}): Fact[] {
  const before = lab.facts.length;
  const by = { partition: partitionOf(lab), vp: 0, as: 'firmware', times: 1 } as const;
  exit(turnOf(lab), by, access);
  meanwhile(lab);
  lab.pass(0.001);
  return lab.facts.slice(before);
}

const read = (port: number): GuestAccess => ({ type: 'IoPort', port, size: 1 });

/** The device that answered, and what it wrote into the processor's registers. */
function answer(facts: readonly Fact[]): { device: unknown; registers: string } {
  const device = facts.find(({ from }) => from === 'vmwp')?.data['device'];
  const call = facts.find(({ data }) => data['name'] === 'HvSetVpRegisters');
  return { device, registers: JSON.stringify(call?.data['input']) };
}

test('[WP10] an access is four facts and a hypercall, each the cause of the next', () => {
  const lab = idle();

  const facts = made(lab, read(0x64));

  expect(facts.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'firmware hypervisor',
    'hypervisor vid',
    'vid vmwp',
    'vmwp null',
    'vid hypervisor',
  ]);
  expect(facts.slice(1).map(({ cause }) => cause)).toEqual(facts.slice(0, -1).map(({ n }) => n));
  expect(facts.map(({ kind }) => kind)).toEqual([
    'intercept',
    'intercept',
    'intercept',
    'intercept',
    'hypercall',
  ]);
  lab.check();
});

const PORTS = DEVICE_INTERCEPTS.filter(({ type }) => type === 'IoPort').flatMap(
  ({ parameter, span = 1, device }) => [
    [parameter, device] as const,
    [parameter + span - 1, device] as const,
  ],
);

test('[WP6] each port is answered by its own device', () => {
  const lab = idle();

  const answered = PORTS.map(([port]) => [port, answer(made(lab, read(port))).device]);

  expect(answered).toEqual(PORTS);
});

test('[WP6] a wide access is the device’s of any port it touches', () => {
  const lab = idle();

  const { device } = answer(made(lab, { type: 'IoPort', port: 0x3e, size: 4 }));

  expect(device).toBe('pit-8254');
});

test.each([
  [0x1f7, '0x50'],
  [0x177, '0x50'],
  [0x64, '0x14'],
  [0x71, '0x26'],
  [0x3c0, '0x0'],
])('[WP7] port %i reads %s', (port, value) => {
  const { registers } = answer(made(idle(), read(port)));

  expect(registers).toContain(`{"name":131072,"value":"${value}"}`);
});

test('[WP7] [VID15] what is written is answered by RIP alone', () => {
  const { registers } = answer(made(idle(), { type: 'IoPort', port: 0x70, size: 1, value: 1 }));

  expect(registers).toContain(
    '"registers":[{"name":131088,"value":"0x1"},{"name":1,"value":"0x0"}]',
  );
});

test.each([
  [{ type: 'Msr', msr: 0x8b } as const, '"value":"0x0"},{"name":131088,"value":"0x2"}'],
  [{ type: 'Msr', msr: 0x1a0, value: 1n } as const, '[{"name":131088,"value":"0x2"}'],
  // Pending, a hardware exception with an error code, vector 13.
  [{ type: 'Msr', msr: 0xc001_0015 } as const, '[{"name":65538,"value":"0xd0017"}'],
])('[WP8] %o is answered by the registers %s', (access, text) => {
  expect(answer(made(idle(), access)).registers).toContain(text);
});

test.each([
  [{ type: 'Memory', page: 0xa0, how: 'write' } as const, 'vga-s3'],
  [{ type: 'Memory', page: 0xbf, how: 'read' } as const, 'vga-s3'],
  [{ type: 'Memory', page: 0xf0, how: 'write' } as const, 'nobody'],
  [{ type: 'Memory', page: 0xf_e000, how: 'read' } as const, 'nobody'],
])('[WP9] %o is answered by %s', (access, device) => {
  const facts = made(idle(), access);

  expect(answer(facts).device).toBe(device);
  expect(answer(facts).registers).toContain('{"name":1,"value":"0x0"}');
});

test('[WP9] what is not there reads all ones', () => {
  const { registers } = answer(made(idle(), { type: 'Memory', page: 0xf_e000, how: 'read' }));

  expect(registers).toContain('{"name":131072,"value":"0xff"}');
});

test('[VID14] a message reaches the worker process of its partition and no other', () => {
  const lab = aLab({ vms: { A: { disk: 'none' }, B: { disk: 'none' } } });
  for (const name of ['A', 'B']) lab.vmDo('vm.start', name);
  lab.pass(10);
  const handled = () =>
    lab.all('worker-process').map(({ vm, interceptsHandled }) => [vm, interceptsHandled]);
  const before = handled();

  const facts = made(lab, read(0x64));

  const vm = lab.get('partition', partitionOf(lab))?.vm;
  expect(handled()).toEqual(before.map(([id, count]) => [id, Number(count) + (id === vm ? 1 : 0)]));
  expect(new Set(facts.map(fact => fact.vm))).toEqual(new Set([vm]));
});

test('[VID14] nobody hears of a processor that was reset, or whose machine ended, meanwhile', () => {
  const reset = made(idle(), read(0x64), lab => {
    vid.resetProcessors(turnOf(lab), partitionOf(lab));
    vid.runProcessors(turnOf(lab), partitionOf(lab));
  });
  const lab = idle();
  const ended = made(lab, read(0x64), () => {
    lab.do('process.end', { process: must(lab.all('worker-process')[0], 'it runs').id });
  });

  expect([...reset, ...ended].filter(({ from, to }) => from === 'vid' && to === 'vmwp')).toEqual(
    [],
  );
  expect(lab.vm('Web').state).toBe('Off');
  lab.check();
});

test('[HV79] [VM15] a guest that writes to RESET begins at its BIOS again, event 18514', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const partition = partitionOf(lab);

  writeMsr(turnOf(lab), partition, { vp: 0, msr: MSR.reset, value: 1n });
  lab.pass(0.001);

  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18514);
  expect(lab.guest('Web')).toMatchObject({ phase: 'Firmware', enlightened: false });
  expect(partitionOf(lab)).toBe(partition);
  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);
  lab.check();
});

const accesses = (lab: Lab): string[] =>
  lab.facts
    .filter(({ kind, to }) => kind === 'intercept' && to === 'hypervisor')
    .map(({ summary }) => summary.replace(/:.*/, ''));

test('[GU13] the BIOS asks each chip, and at 0x3E8 nobody answers', () => {
  const lab = idle();

  expect(accesses(lab)).toEqual([
    'OUT 0x0020 ×8',
    'OUT 0x0043 ×4',
    'IN 0x0071 ×128',
    'IN 0x0064 ×40',
    'OUT 0x0CF8 ×1200',
    'IN 0x03E8',
    'A write at page 0x000B8 ×160',
    'IN 0x01F7 ×24',
  ]);
  expect(lab.told('intercept')).toContain('IN 0x03E8: nobody wants it, reads 0xFF');
});

test('[GU13] its processors suspended in the middle, it goes on where it was', () => {
  const lab = aLab({ vms: { Web: { disk: 'none' } } });
  const { id } = lab.vm('Web');
  lab.vmDo('vm.start', 'Web');
  lab.passUntil(() => accesses(lab).length === 3);
  suspendProcessors(turnOf(lab), id);
  lab.pass(10);
  const standing = accesses(lab).length;
  runProcessors(turnOf(lab), id);
  lab.pass(5);

  expect(standing).toBe(3);
  expect(accesses(lab)).toHaveLength(8);
  lab.check();
});

test('[GU14] a loader makes one intercept a request of its BIOS', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  expect(accesses(lab)).toContain('OUT 0x01E0 ×1000');
});

test('[GU15] MS-DOS does all by intercepts, and goes on at its prompt, but not while it is paused', () => {
  const lab = aLab({ vms: { Dos: { disk: 'msdos' } } });
  lab.vmDo('vm.start', 'Dos');
  lab.passUntil(() => lab.find('guest', ({ phase }) => phase === 'Ready') !== undefined);
  lab.pass(0.5);
  const count = () => lab.all('worker-process')[0]?.interceptsHandled ?? 0;
  const [before, facts] = [count(), lab.facts.length];

  lab.pass(10);
  const ready = count() - before;
  const told = lab.facts.slice(facts).filter(({ kind }) => kind === 'intercept').length;
  lab.vmDo('vm.pause', 'Dos');
  lab.passUntilState('Dos', 'Paused');
  const paused = count();
  lab.pass(10);
  const standing = count() - paused;
  lab.vmDo('vm.resume', 'Dos');
  lab.passUntilState('Dos', 'Running');
  const resumed = count();
  lab.pass(10);

  expect([ready, told, standing]).toEqual([180, 0, 0]);
  expect(count() - resumed).toBe(180);
  expect(accesses(lab)).toContain('OUT 0x01E0 ×120');
  lab.check();
});

test('[GU15] a saved MS-DOS goes on interrupting in its new partition', () => {
  const lab = aLab({ vms: { Dos: { disk: 'msdos' } } });
  lab.vmDo('vm.start', 'Dos');
  lab.passUntil(() => lab.find('guest', ({ phase }) => phase === 'Ready') !== undefined);
  lab.vmDo('vm.save', 'Dos');
  lab.passUntilState('Dos', 'Saved');
  lab.pass(10);
  lab.vmDo('vm.start', 'Dos');
  lab.passUntilState('Dos', 'Running');
  const before = lab.all('worker-process')[0]?.interceptsHandled ?? 0;

  lab.pass(10);

  expect((lab.all('worker-process')[0]?.interceptsHandled ?? 0) - before).toBe(180);
});

test('[GU16] a guest with its drivers makes no intercept', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const before = lab.all('worker-process')[0]?.interceptsHandled;

  lab.pass(600);

  expect(before).toBeGreaterThan(1000);
  expect(lab.all('worker-process')[0]?.interceptsHandled).toBe(before);
});

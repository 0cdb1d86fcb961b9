import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id, PartitionId } from '../../protocol/id.ts';
import { TICKS_PER_SECOND } from '../../protocol/time.ts';
import { Bench, VM, WORKER } from './bench.fixture.ts';
import type { Caller, PortType } from './call.ts';
import { cpuid } from './cpuid.ts';
import { WINDOWS_SERVER_2012, enlighten, resetSynic } from './enlighten.ts';
import { MSR } from './msr-table.ts';
import { writeMsr } from './msr.ts';
import { sibling, vpId } from './partition-id.ts';
import { GUEST_PRIVILEGES, PRIVILEGE, maskText } from './privilege.ts';
import { statusName } from './status.ts';
import {
  connectPort,
  createPort,
  deletePort,
  disconnectPort,
  postMessage,
  signalEvent,
} from './synic.ts';
import { REGISTER } from './virtual-processor.ts';
import { call } from './winhv.ts';

interface Scene {
  readonly bench: Bench;
  readonly root: PartitionId;
  readonly child: PartitionId;
  readonly vid: Caller;
  readonly guest: Caller;
}

/** A guest that runs, knows its hypervisor and has two processors. */
function scene(): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const child = sibling(root, 2);
  const vid: Caller = { partition: root, as: 'vid', vm: VM };
  const turn = bench.turn();
  call(turn, vid, 'HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  call(turn, vid, 'HvInitializePartition', { partitionId: 2 });
  call(turn, vid, 'HvSetPartitionProperty', {
    partitionId: 2,
    propertyCode: 0x1_0000,
    propertyValue: GUEST_PRIVILEGES,
  });
  for (let vpIndex = 0; vpIndex < 2; vpIndex += 1) {
    call(turn, vid, 'HvCreateVp', { partitionId: 2, vpIndex, proximityDomainInfo: 0, flags: 0 });
    suspend({ bench, vid }, vpIndex, 0n);
  }
  enlighten(bench.turn(), child, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  return { bench, root, child, vid, guest: { partition: child, as: 'vmbus', vm: VM } };
}

function suspend(
  { bench, vid }: Pick<Scene, 'bench' | 'vid'>,
  vpIndex: number,
  value: bigint,
): void {
  const registers = [{ name: REGISTER.explicitSuspend, value }];
  call(bench.turn(), vid, 'HvSetVpRegisters', { partitionId: 2, vpIndex, registers });
}

/** A port of the root that the guest may post to or signal, as connection 1. */
function toRoot(here: Scene, type: PortType = 'Message', flags = 0): Id<'port'> {
  const made = createPort(here.bench.turn(), here.vid, {
    portPartition: 1,
    connectionPartition: 2,
    portId: 0x10,
    type,
    targetSint: 2,
    targetVp: 0,
    baseFlagNumber: type === 'Event' ? 8 : 0,
    flagCount: flags,
    receiver: WORKER,
  });
  const connected = connectPort(here.bench.turn(), here.vid, {
    connectionPartition: 2,
    connectionId: 1,
    portPartition: 1,
    portId: 0x10,
    type,
  });
  expect([made.ok, connected.ok]).toEqual([true, true]);
  return 'port:HV01/1.1/16';
}

/** A port of the guest that the root may post to, as connection 7 or another. */
function toGuest(here: Scene, connectionId = 7): void {
  const portId = 0x19 + connectionId;
  createPort(here.bench.turn(), here.vid, {
    portPartition: 2,
    connectionPartition: 1,
    portId,
    type: 'Message',
    targetSint: 2,
    targetVp: 0,
    receiver: WORKER,
  });
  connectPort(here.bench.turn(), here.vid, {
    connectionPartition: 1,
    connectionId,
    portPartition: 2,
    portId,
    type: 'Message',
  });
}

function post(here: Scene, by: Caller, changes: object = {}): string {
  const message = { connectionId: 1, messageType: 1, bytes: '0e00', ...changes };
  return statusName(postMessage(here.bench.turn(), { ...by, ...message }));
}

function signal(here: Scene, by: Caller, flagNumber: number, connectionId = 1): string {
  return statusName(signalEvent(here.bench.turn(), { ...by, connectionId, flagNumber }));
}

test('[HV35] the receiver pays for the port, the sender for the connection', () => {
  const here = scene();
  const used = (): number[] =>
    [here.root, here.child].map(id => here.bench.turn().must('partition', id).pagesInUse);
  const before = used();

  const port = toRoot(here);
  const after = used();
  disconnectPort(here.bench.turn(), here.vid, 'port-connection:HV01/1.2/1');
  deletePort(here.bench.turn(), here.vid, port);

  expect(after.map((pages, at) => pages - (before[at] ?? 0))).toEqual([1, 1]);
  expect(used()).toEqual(before);
});

test('[HV35] a connection outlives its port and is of no use', () => {
  const here = scene();
  const port = toRoot(here);

  deletePort(here.bench.turn(), here.vid, port);

  expect(post(here, here.guest)).toBe('INVALID_PORT_ID');
  expect(here.bench.turn().all('port-connection')).toHaveLength(1);
});

test('[HV36] posting is refused for the first reason there is', () => {
  const here = scene();
  const wrong = { connectionId: 99, messageType: 0, bytes: '00'.repeat(241) };
  const privileges = (mask: bigint): void => {
    here.bench.turn().patch('partition', here.child, { privileges: maskText(mask) });
  };

  privileges(GUEST_PRIVILEGES & ~PRIVILEGE.postMessages);
  const denied = post(here, here.guest, wrong);
  privileges(GUEST_PRIVILEGES);
  const unconnected = post(here, here.guest, wrong);
  const port = toRoot(here);
  deletePort(here.bench.turn(), here.vid, port);
  const portless = post(here, here.guest, { ...wrong, connectionId: 1 });
  disconnectPort(here.bench.turn(), here.vid, 'port-connection:HV01/1.2/1');
  toRoot(here);
  const types = [0, 0x8000_0000].map(messageType => post(here, here.guest, { messageType }));
  const long = post(here, here.guest, { bytes: '00'.repeat(241) });
  resetSynic(here.bench.turn(), here.root);
  here.bench.turn().patch('partition', here.root, { hypercallPage: true });
  const off = post(here, here.guest);

  expect([denied, unconnected, portless]).toEqual([
    'ACCESS_DENIED',
    'INVALID_CONNECTION_ID',
    'INVALID_PORT_ID',
  ]);
  expect([...types, long]).toEqual(['INVALID_PARAMETER', 'INVALID_PARAMETER', 'INVALID_PARAMETER']);
  expect(off).toBe('INVALID_SYNIC_STATE');
});

test('[HV36] the seventeenth message finds no buffer, and none is lost', () => {
  const here = scene();
  toRoot(here);

  const statuses = Array.from({ length: 17 }, (_, n) =>
    post(here, here.guest, { bytes: n.toString(16).padStart(2, '0') }),
  );
  here.bench.advance(TICKS_PER_SECOND);

  expect(statuses.slice(0, 16).every(status => status === 'SUCCESS')).toBe(true);
  expect(statuses[16]).toBe('INSUFFICIENT_BUFFERS');
  expect(here.bench.heard).toHaveLength(16);
  expect(post(here, here.guest)).toBe('SUCCESS');
});

test('[HV37] messages arrive in order, one after the other, at the receiver', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5), fc.nat(40)), { minLength: 1, maxLength: 40 }),
      posts => {
        const here = scene();
        toRoot(here);
        const sent: string[] = [];
        for (const [count, wait] of posts) {
          for (let n = 0; n < count; n += 1) {
            const bytes = sent.length.toString(16).padStart(4, '0');
            if (post(here, here.guest, { bytes }) === 'SUCCESS') sent.push(bytes);
          }
          here.bench.advance(wait);
        }
        here.bench.advance(TICKS_PER_SECOND);

        expect(here.bench.heard.map(({ bytes }) => bytes)).toEqual(sent);
      },
    ),
    { numRuns: 40 },
  );
});

test('[HV37] the receiver hears the port, the type and the bytes', () => {
  const here = scene();
  const port = toRoot(here);

  post(here, here.guest, { bytes: '0e00000000000000' });
  here.bench.advance(TICKS_PER_SECOND);

  expect(here.bench.heard).toEqual([
    { type: 'Posted', port, messageType: 1, bytes: '0e00000000000000' },
  ]);
  expect(here.bench.turn().must('port', port)).toMatchObject({ messages: 1, waiting: [] });
});

test('[HV73] messages of two ports share the slot of their SINT, and EOM brings the second', () => {
  const here = scene();
  toGuest(here);
  toGuest(here, 8);
  const host: Caller = { ...here.vid, as: 'vmbusr' };
  const vp = () => here.bench.turn().must('virtual-processor', vpId(here.child, 0));

  post(here, host, { connectionId: 7, bytes: '01' });
  post(here, host, { connectionId: 8, bytes: '02' });
  const { slots } = vp();
  here.bench.reload();
  here.bench.advance(TICKS_PER_SECOND);

  expect(slots).toEqual({ 2: { holds: 'port:HV01/1.2/32', waiting: ['port:HV01/1.2/33'] } });
  expect(here.bench.heard.map(({ bytes }) => bytes)).toEqual(['01', '02']);
  expect(vp()).toMatchObject({ slots: {}, syntheticInterrupts: 2, endsOfMessage: 1 });
});

test('[HV73] what a port that was deleted had in the slot is skipped', () => {
  const here = scene();
  toGuest(here);
  toGuest(here, 8);
  const host: Caller = { ...here.vid, as: 'vmbusr' };
  post(here, host, { connectionId: 7, bytes: '01' });
  post(here, host, { connectionId: 8, bytes: '02' });

  deletePort(here.bench.turn(), here.vid, 'port:HV01/1.2/32');
  here.bench.advance(TICKS_PER_SECOND);

  expect(here.bench.heard.map(({ bytes }) => bytes)).toEqual(['02']);
});

test('[HV74] a message for a masked SINT lies in its slot and interrupts nobody', () => {
  const here = scene();
  toGuest(here);
  const masked = { vp: 0, msr: MSR.sint2, value: 0x1_0000n };
  writeMsr(here.bench.turn(), here.child, masked);

  const status = post(here, { ...here.vid, as: 'vmbusr' }, { connectionId: 7 });
  here.bench.advance(TICKS_PER_SECOND);

  const { slots, syntheticInterrupts } = here.bench
    .turn()
    .must('virtual-processor', vpId(here.child, 0));
  expect([status, Object.keys(slots), syntheticInterrupts]).toEqual(['SUCCESS', ['2'], 0]);
  expect(here.bench.heard).toEqual([]);
});

test('[HV38] what comes to a paused guest waits for it', () => {
  const here = scene();
  toGuest(here);
  const host: Caller = { ...here.vid, as: 'vmbusr' };
  post(here, host, { connectionId: 7, bytes: '01' });
  for (const index of [0, 1]) suspend(here, index, 1n);

  post(here, host, { connectionId: 7, bytes: '02' });
  here.bench.advance(10 * TICKS_PER_SECOND);
  const paused = here.bench.heard.length;
  here.bench.reload();
  for (const index of [0, 1]) suspend(here, index, 0n);
  here.bench.advance(TICKS_PER_SECOND);

  expect(paused).toBe(0);
  expect(here.bench.heard.map(({ bytes }) => bytes)).toEqual(['01', '02']);
});

test('[HV39] a flag set twice before anybody looked is one interrupt', () => {
  const here = scene();
  toRoot(here, 'Event', 4);

  const statuses = [0, 0, 3].map(flag => signal(here, here.guest, flag));
  here.bench.advance(TICKS_PER_SECOND);
  signal(here, here.guest, 0);
  here.bench.advance(TICKS_PER_SECOND);

  expect(new Set(statuses)).toEqual(new Set(['SUCCESS']));
  expect(here.bench.heard.map(({ flag }) => flag)).toEqual([8, 11, 8]);
  expect(here.bench.turn().must('port-connection', 'port-connection:HV01/1.2/1').signalled).toBe(4);
});

test('[HV40] signalling is refused for a wrong flag and for a masked or missing page', () => {
  const here = scene();
  toRoot(here, 'Event', 4);
  const root = (vp: number, msr: number, value: bigint): void => {
    writeMsr(here.bench.turn(), here.root, { vp, msr, value });
  };

  const flag = signal(here, here.guest, 4);
  root(0, MSR.sint2, 1n << 16n);
  const masked = signal(here, here.guest, 0);
  root(0, MSR.sint2, 0x50n);
  root(0, MSR.siefp, 0n);
  const pageless = signal(here, here.guest, 0);
  const message = post(here, here.guest);

  expect([flag, masked, pageless]).toEqual([
    'INVALID_PARAMETER',
    'INVALID_SYNIC_STATE',
    'INVALID_SYNIC_STATE',
  ]);
  expect(message).toBe('INVALID_PORT_ID');
});

test('[HV41] a reset guest does not hear what was under way', () => {
  const here = scene();
  toGuest(here);
  const host: Caller = { ...here.vid, as: 'vmbusr' };
  post(here, host, { connectionId: 7 });

  resetSynic(here.bench.turn(), here.child);
  const meanwhile = post(here, host, { connectionId: 7 });
  enlighten(here.bench.turn(), here.child, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  here.bench.advance(TICKS_PER_SECOND);

  expect(meanwhile).toBe('INVALID_SYNIC_STATE');
  expect(here.bench.heard).toEqual([]);
});

test('[HV42] the hypercall page needs a name and goes with it', () => {
  const here = scene();
  const page = (): boolean => here.bench.turn().must('partition', here.child).hypercallPage;
  const write = (msr: number, value: bigint): void => {
    writeMsr(here.bench.turn(), here.child, { vp: 0, msr, value });
  };

  write(MSR.guestOsId, 0n);
  const nameless = page();
  write(MSR.hypercall, 1n);
  const refused = page();
  write(MSR.guestOsId, WINDOWS_SERVER_2012);
  write(MSR.hypercall, 1n);

  expect([nameless, refused, page()]).toEqual([false, false, true]);
});

test('[HV43] CPUID tells a guest what it may', () => {
  const here = scene();
  const read = (leaf: number) => cpuid(here.bench.turn(), here.child, leaf);
  const text = (...words: number[]): string =>
    words
      .flatMap(word => [0, 8, 16, 24].map(shift => String.fromCharCode((word >>> shift) & 0xff)))
      .join('');

  const { eax, ebx, ecx, edx } = read(0x4000_0000);

  expect([eax, text(ebx, ecx, edx)]).toEqual([0x4000_0006, 'Microsoft Hv']);
  expect(text(read(0x4000_0001).eax)).toBe('Hv#1');
  expect(read(0x4000_0002)).toMatchObject({ eax: 9200, ebx: 0x0006_0002 });
  expect(read(0x4000_0003)).toMatchObject({ eax: 0x7ff, ebx: 0x30 });
  expect(read(0x4000_0005)).toMatchObject({ eax: 64, ebx: 320 });
  expect(read(0x4000_0007)).toMatchObject({ eax: 0 });
  writeMsr(here.bench.turn(), here.child, { vp: 0, msr: MSR.guestOsId, value: 0n });
  expect(read(0x4000_0002)).toEqual({ eax: 0, ebx: 0, ecx: 0, edx: 0 });
});

test('[HV44] an MSR without its privilege is a fault, or its parent’s', () => {
  const here = scene();
  const write = (msr: number, value: bigint): string =>
    writeMsr(here.bench.turn(), here.child, { vp: 0, msr, value });

  const low = write(MSR.sint2, 15n);
  const masked = write(MSR.sint2, (1n << 16n) | 15n);
  // Crash registers are of 2012 R2.
  const unknown = write(0x4000_0100, 1n);
  here.bench.turn().patch('partition', here.child, { privileges: maskText(0n) });
  const denied = write(MSR.scontrol, 1n);
  call(here.bench.turn(), here.vid, 'HvInstallIntercept', {
    partitionId: 2,
    accessType: 3,
    interceptType: 1,
    interceptParameter: 0,
    span: 1,
  });

  expect([low, masked, unknown, denied]).toEqual(['#GP', 'written', '#GP', '#GP']);
  expect(write(MSR.scontrol, 1n)).toBe('intercepted');
});

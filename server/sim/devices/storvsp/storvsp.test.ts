import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../protocol/time.ts';
import { BusBench, WS2008R2, WS2012 } from '../bus-bench.fixture.ts';
import { sendPacket } from '../packet-io.ts';
import type { StorOperation } from './message.ts';
import { STOR_QUERY_VERSION, encodeStor } from './message.ts';
import { SCSI, SRB, executeScsi } from './scsi.ts';

function ready(os = WS2012, processors = 2): BusBench {
  const bench = new BusBench({ os, processors });
  bench.connect();
  bench.pass(seconds(1));
  return bench;
}

test('[DV10] an IDE disk has its channel, told which device it shadows; a DVD drive has none', () => {
  const bench = new BusBench();

  const ide = bench.channels().filter(({ device }) => device === 'ide-accelerator');

  expect(ide).toHaveLength(1);
  expect(ide[0]).toMatchObject({
    interfaceType: '32412632-86cb-44a2-9b5c-50d1417354f5',
    instanceId: '00000000-0000-8899-0000-000000000000',
    offer: { flags: 0x401, userDefined: '000000000000000002' },
  });
});

test('[DV11] a driver of 2012 initialises with 5.1', () => {
  const bench = ready();

  expect(bench.channel('ide-accelerator')).toMatchObject({ protocol: '5.1', deviceState: 'Ready' });
  expect(bench.packets('ide-accelerator')).toEqual([
    'BeginInitialization',
    'CompleteIo BeginInitialization = 0x0',
    'QueryProtocolVersion 5.1',
    'CompleteIo QueryProtocolVersion = 0x0',
    'QueryProperties',
    'CompleteIo QueryProperties = 0x0',
    'EndInitialization',
    'CompleteIo EndInitialization = 0x0',
  ]);
});

test('[DV11] [DV1] a driver of 2008 R2 initialises with 4.2 in packets of 0x30 bytes', () => {
  const bench = ready(WS2008R2);

  const sizes = bench
    .facts()
    .filter(fact => fact.kind === 'packet' && fact.from === 'storvsc')
    .map(fact => String(fact.data['bytes']).length / 2);
  expect(bench.channel('storvsp').protocol).toBe('4.2');
  expect(new Set(sizes)).toEqual(new Set([16 + 0x30]));
});

test('[DV11] a version the host does not know is refused, and the driver takes the next', () => {
  const bench = ready();
  const { id } = bench.channel('ide-accelerator');
  const channel = bench.channel('ide-accelerator');
  bench.turn().patch('vmbus-channel', id, {
    ends: {
      ...channel.ends,
      vsp: { ...channel.ends.vsp, state: 'Begun' },
      vsc: {
        ...channel.ends.vsc,
        step: 'QueryProtocolVersion',
        versions: [0x0600, 0x0402],
        version: 0x0600,
      },
    },
  });

  sendPacket(bench.turn(), id, {
    to: 'host',
    wantsCompletion: true,
    payload: encodeStor(
      0x40,
      { operation: 'QueryProtocolVersion', status: 0, wantsCompletion: true },
      { layout: STOR_QUERY_VERSION, value: { version: 0x0600, revision: 0 } },
    ),
    telling: { as: 'fact', summary: 'QueryProtocolVersion 6.0' },
  });
  bench.pass(seconds(1));

  expect(bench.packets('ide-accelerator')).toContain(
    'CompleteIo QueryProtocolVersion = 0xC0000059',
  );
  expect(bench.channel('ide-accelerator')).toMatchObject({ protocol: '4.2', deviceState: 'Ready' });
});

test.each<StorOperation>(['EndInitialization', 'QueryProperties', 'BeginInitialization'])(
  '[DV12] %s out of order is answered with invalid device state',
  operation => {
    const bench = ready();
    const { id } = bench.channel('storvsp');

    sendPacket(bench.turn(), id, {
      to: 'host',
      wantsCompletion: true,
      payload: encodeStor(0x40, { operation, status: 0, wantsCompletion: true }),
      telling: { as: 'fact', summary: operation },
    });
    bench.pass(milliseconds(5));

    expect(bench.packets('storvsp').at(-1)).toBe(`CompleteIo ${operation} = 0xC0000184`);
  },
);

test('[DV13] a large virtual machine gets one more SCSI channel for each 16 processors', () => {
  const bench = ready(WS2012, 40);

  const scsi = bench.channels().filter(({ device }) => device === 'storvsp');
  expect(scsi.map(({ offer }) => offer.subchannelIndex)).toEqual([0, 1, 2]);
  expect(new Set(scsi.map(({ instanceId }) => instanceId)).size).toBe(1);
  expect(scsi.every(({ state, deviceState }) => state === 'Open' && deviceState === 'Ready')).toBe(
    true,
  );
  expect(new Set(scsi.map(({ targetVp }) => targetVp)).size).toBe(3);
  expect(bench.packets('storvsp')).toContain('CreateSubChannels');
});

test('[DV13] an older driver, and a small virtual machine, ask for none', () => {
  for (const bench of [ready(WS2008R2, 40), ready(WS2012, 16)]) {
    expect(bench.channels().filter(({ device }) => device === 'storvsp')).toHaveLength(1);
    expect(bench.packets('storvsp')).not.toContain('CreateSubChannels');
  }
});

test('[DV14] the driver finds each unit of its controller; data packets are traced, not told', () => {
  const bench = ready();
  const { id } = bench.channel('storvsp');

  const traced = bench.traces().filter(({ channel }) => channel === id);

  expect(traced.map(({ summary }) => summary)).toEqual([
    'REPORT LUNS 0:0:0',
    'CompleteIo ExecuteSrb = 0x0',
    'INQUIRY 0:0:0',
    'CompleteIo ExecuteSrb = 0x0',
    'READ CAPACITY(10) 0:0:0',
    'CompleteIo ExecuteSrb = 0x0',
    'INQUIRY 0:0:7',
    'CompleteIo ExecuteSrb = 0x0',
    'READ CAPACITY(10) 0:0:7',
    'CompleteIo ExecuteSrb = 0x0',
  ]);
  expect(traced.every(({ rate }) => rate === 1)).toBe(true);
});

test('[DV14] a unit that is not there is an invalid LUN, a command it does not know invalid', () => {
  const bench = ready();
  const drives = bench
    .turn()
    .all('disk-drive')
    .filter(({ controller }) => controller === 'SCSI');
  const at = { pathId: 0, targetId: 0, lun: 0 };

  const missing = executeScsi(drives, { ...at, lun: 1 }, { opcode: SCSI.Inquiry, allocated: 36 });
  const unknown = executeScsi(drives, at, { opcode: 0xff, allocated: 36 });
  const short = executeScsi(drives, at, { opcode: SCSI.Inquiry, allocated: 5 });

  expect(missing).toEqual({ srbStatus: SRB.InvalidLun, length: 0 });
  expect(unknown).toEqual({ srbStatus: SRB.InvalidRequest, length: 0 });
  expect(short).toEqual({ srbStatus: SRB.Success, length: 5 });
});

import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../../protocol/time.ts';
import { VM } from '../../hypervisor/bench.fixture.ts';
import { fromHex } from '../../vmbus/hex.ts';
import { BusBench, WS2008R2, WS2012 } from '../bus-bench.fixture.ts';
import { sendPacket } from '../packet-io.ts';
import { indicateLink } from './netvsp.ts';
import { encodeNvsp } from './nvsp.ts';
import { decodeRndis } from './rndis.ts';

function ready(os = WS2012): BusBench {
  const bench = new BusBench({ os });
  bench.connect();
  bench.pass(seconds(1));
  return bench;
}

function memoryOf(bench: BusBench, summary: string): Uint8Array {
  const fact = bench.facts().find(each => each.summary.endsWith(summary));
  return fromHex(String(fact?.data['memory']));
}

test('[DV20] a driver of 2012 comes up with 4.0 in the documented order', () => {
  const bench = ready();

  expect(bench.channel('netvsp')).toMatchObject({ protocol: '4.0', deviceState: 'Ready' });
  expect(bench.packets('netvsp')).toEqual([
    'Init',
    'InitComplete',
    'SendNdisConfig',
    'SendNdisVersion',
    'SendReceiveBuffer',
    'SendReceiveBufferComplete',
    'SendSendBuffer',
    'SendSendBufferComplete',
    'RNDIS INITIALIZE 1.0',
    'RNDIS INITIALIZE_CMPLT 1.0',
    'RNDIS QUERY OffloadCapabilities',
    'RNDIS QUERY_CMPLT OffloadCapabilities',
    'RNDIS QUERY PermanentAddress',
    'RNDIS QUERY_CMPLT PermanentAddress',
    'RNDIS QUERY MediaConnectStatus',
    'RNDIS QUERY_CMPLT MediaConnectStatus',
    'RNDIS SET OffloadParameters',
    'RNDIS SET_CMPLT OffloadParameters',
    'RNDIS SET CurrentPacketFilter',
    'RNDIS SET_CMPLT CurrentPacketFilter',
  ]);
});

test('[DV20] a driver of 2008 R2 gets its second version and a smaller receive buffer', () => {
  const bench = ready(WS2008R2);

  const buffers = bench
    .turn()
    .all('gpadl')
    .filter(({ purpose }) => purpose === 'receive-buffer');
  expect(bench.channel('netvsp').protocol).toBe('3.2');
  expect(buffers.map(({ pages }) => pages)).toEqual([15 * 256]);
});

test('[DV21] buffers are registered before they are named, and 4.0 takes 16 MB to receive', () => {
  const bench = ready();

  const purposes = bench
    .turn()
    .where('gpadl', 'vm', VM)
    .filter(({ channel }) => channel === bench.channel('netvsp').id)
    .map(({ purpose, pages, state }) => [purpose, pages, state]);
  expect(purposes).toEqual([
    ['ring', 256, 'Accepted'],
    ['receive-buffer', 4096, 'Accepted'],
    ['send-buffer', 256, 'Accepted'],
  ]);
});

test('[DV22] the guest is told the address and the link of its adapter', () => {
  const bench = ready();

  const address = memoryOf(bench, 'QUERY_CMPLT PermanentAddress');
  const link = memoryOf(bench, 'QUERY_CMPLT MediaConnectStatus');
  const capabilities = memoryOf(bench, 'QUERY_CMPLT OffloadCapabilities');

  const { informationBufferLength } = decodeRndis('QueryComplete', address);
  expect(informationBufferLength).toBe(6);
  expect([...address.subarray(24)]).toEqual([0x00, 0x15, 0x5d, 0x01, 0x0a, 0x05]);
  expect([...link.subarray(24)]).toEqual([0, 0, 0, 0]);
  expect(capabilities).toHaveLength(24 + 144);
});

test('[DV23] what is known and out of order is answered with failure', () => {
  const bench = ready();
  const { id } = bench.channel('netvsp');

  sendPacket(bench.turn(), id, {
    to: 'host',
    wantsCompletion: true,
    payload: encodeNvsp('Init', { protocolVersion: 0x4_0000, protocolVersion2: 0x4_0000 }),
    telling: { as: 'fact', summary: 'Init' },
  });
  bench.pass(milliseconds(5));

  const last = bench.facts().findLast(fact => fact.kind === 'packet');
  expect(last?.data).toMatchObject({ message: 'InitComplete', fields: { status: 2 } });
  expect(bench.channel('netvsp').deviceState).toBe('Ready');
});

test('[DV24] taking the adapter off its switch reaches the guest as a media disconnect', () => {
  const bench = ready();
  const [adapter] = bench.turn().where('network-adapter', 'vm', VM);
  const id = adapter?.id ?? 'network-adapter:none';

  bench.turn().patch('network-adapter', id, { connected: false });
  indicateLink(bench.turn(), id);
  bench.pass(milliseconds(5));
  bench.turn().patch('network-adapter', id, { connected: true });
  indicateLink(bench.turn(), id);
  bench.pass(milliseconds(5));

  expect(bench.packets('netvsp').slice(-2)).toEqual([
    'RNDIS INDICATE_STATUS media disconnect',
    'RNDIS INDICATE_STATUS media connect',
  ]);
  expect(bench.channel('netvsp').rings).toEqual({ toHost: [], toGuest: [] });
});

test('[DV24] an adapter whose guest has no driver yet says nothing', () => {
  const bench = new BusBench();
  const [adapter] = bench.turn().where('network-adapter', 'vm', VM);

  indicateLink(bench.turn(), adapter?.id ?? 'network-adapter:none');
  bench.pass(milliseconds(5));

  expect(bench.facts().filter(fact => fact.kind === 'packet')).toEqual([]);
});

import { expect, test } from 'vitest';
import type { Trace } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { compileFilter } from './filter/compile.ts';
import { parseFilter } from './filter/parse.ts';
import { capturePackets } from './download.ts';
import { MessageView } from './message-view.ts';
import { PacketLog } from './packet-log.ts';

const CHANNELS = new Map([['vmbus-channel:disk', { relId: 2, device: 'storvsp' }]]);

/** Odd ones are requests of 24 bytes, even ones are completions of 16. */
const entry = (n: number, more: Partial<Trace> = {}): Trace => ({
  turn: n,
  at: (n * 10_000_000) as SimTime,
  channel: 'vmbus-channel:disk',
  vm: 'vm:1',
  summary: n % 2 === 0 ? 'COMPLETE_IO' : 'EXECUTE_SRB',
  packet: 100 + n,
  rate: 4,
  bytes: n % 2 === 0 ? `0b${'00'.repeat(15)}` : `09${'01'.repeat(23)}`,
  ...more,
});

const entries = (from: number, to: number): readonly Trace[] =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

const summaries = ({ table }: PacketLog): readonly string[] =>
  Array.from({ length: table.count }, (_, place) => `${table.n(place)} ${table.at(place) / 1e7}`);

test('each packet is taken once, although the sample that is held moves on', () => {
  const log = new PacketLog();
  const all = entries(1, 6);

  log.take(all.slice(0, 3), CHANNELS);
  log.take(all.slice(0, 3), CHANNELS);
  log.take(all.slice(1, 6), CHANNELS);

  expect(summaries(log)).toEqual(['1 1', '2 2', '3 3', '4 4', '5 5', '6 6']);
  expect(log.at(4)).toMatchObject({ packet: 105, rate: 4, device: 'storvsp' });
  expect([...log.at(3).bytes]).toEqual([11, ...Array.from({ length: 15 }, () => 0)]);
  expect(log.at(4).bytes).toHaveLength(24);
});

test('another history begins anew, and a timer of the hypervisor is no packet', () => {
  const log = new PacketLog();
  log.take(entries(5, 8), CHANNELS);

  log.take([], CHANNELS);
  const cleared = log.table.count;
  log.take([entry(2), entry(3, { channel: 'virtual-processor:1' })], CHANNELS);

  expect(cleared).toBe(0);
  expect(summaries(log)).toEqual(['5 2']);
});

test('a filter asks of packets what it asks of messages', () => {
  const log = new PacketLog();
  log.take([...entries(1, 4), entry(5, { channel: 'vmbus-channel:gone' })], CHANNELS);
  const found = (text: string): readonly number[] => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.fault.message);
    const wanted = compileFilter(parsed.filter);
    return [0, 1, 2, 3, 4].filter(place => wanted(log.table, place));
  };

  expect(found('direction == "host to guest"')).toEqual([1, 3]);
  expect(found('direction == "guest to host"')).toEqual([0, 2]);
  expect(found('type == Completion && channel == 2')).toEqual([1, 3]);
  expect(found('length > 20')).toEqual([0, 2, 4]);
  expect(found('!channel')).toEqual([4]);
  expect(found('"SRB" && kind == packet')).toEqual([0, 2, 4]);
});

test('a download has the listed packets with their bytes, and says which way they went', async () => {
  const log = new PacketLog();
  log.take(entries(1, 4), CHANNELS);
  const view = new MessageView(log.table, table => table.count > 0);
  view.work(1_000, () => performance.now());

  const made = await capturePackets({
    machine: 'WEB01',
    calendarStart: Date.UTC(2012, 10, 20),
    view,
    log,
    progress: () => undefined,
  });

  const bytes = new DataView(await made.arrayBuffer());
  const packets: (readonly [length: number, first: number, way: number])[] = [];
  for (let at = 0; at < bytes.byteLength; at += bytes.getUint32(at + 4, true)) {
    if (bytes.getUint32(at, true) !== 6) continue;
    const end = at + bytes.getUint32(at + 4, true);
    const way = bytes.getUint32(end - 12, true);
    packets.push([bytes.getUint32(at + 20, true), bytes.getUint8(at + 28), way]);
  }
  // Inbound is what the guest sends, as the root partition sees it.
  expect(packets).toEqual([
    [24, 9, 1],
    [16, 11, 2],
    [24, 9, 1],
    [16, 11, 2],
  ]);
});

test('a million packets are held with their bytes, and then make room', { timeout: 60_000 }, () => {
  const log = new PacketLog();
  const held = entries(1, 2_000);
  for (let round = 0; round < 500; round += 1) {
    // The same sample again, as others: what is held is known by its entries.
    log.take(
      held.map(each => ({ ...each, turn: each.turn + round * 2_000 })),
      CHANNELS,
    );
  }
  const full = log.table.count;

  log.take([entry(2_000_000)], CHANNELS);

  expect([full, log.table.count, log.letGo]).toEqual([1_000_000, 1, 1_000_000]);
  expect(log.at(0).bytes).toHaveLength(16);
});

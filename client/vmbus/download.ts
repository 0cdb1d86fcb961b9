import { filetime, type SimTime } from '../../server/protocol/time.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { VmId } from '../../server/protocol/id.ts';
import { readFacts } from '../rest/request.ts';
import { bytesOf, isToGuest } from './message.ts';
import type { MessageView } from './message-view.ts';
import type { PacketLog } from './packet-log.ts';
import { captureHead, packetBlock } from './pcapng.ts';

const TYPE = 'application/x-pcapng';
const PAGE = 2_000;
const FILETIME_OF_1970 = 116_444_736_000_000_000n;

export interface CaptureAsked {
  readonly lab: string;
  readonly vm: VmId;
  readonly machine: string;
  readonly calendarStart: number;
  readonly view: MessageView;
  /** From 0 to 1. */
  readonly progress: (done: number) => void;
}

/** The listed messages with their bytes, as a capture; a text when it failed. */
export const capture = async (asked: CaptureAsked): Promise<Blob | string> => {
  const { lab, vm, machine, calendarStart, view, progress } = asked;
  const { table } = view;
  const wanted = new Set<number>();
  for (let index = 0; index < view.count; index += 1) wanted.add(table.n(view.place(index)));
  const parts: BlobPart[] = [];
  const last = view.count - 1;
  const first = last < 0 ? 0 : table.n(view.place(0));
  let before = last < 0 ? 0 : table.n(view.place(last)) + 1;
  let turn = last < 0 ? 0 : table.turn(view.place(last));
  while (before > first && wanted.size > 0) {
    const page = await readFacts(lab, { scope: vm, before, turn, limit: PAGE });
    if (!page.ok) return page.fault.message;
    const { facts, more } = page.value;
    const found = facts.filter(({ n }) => wanted.has(n));
    // Pages come newest first, and each of them oldest first.
    parts.unshift(...found.map(fact => blockOf(fact, calendarStart)));
    const oldest = facts[0];
    if (oldest === undefined || !more) break;
    before = oldest.n;
    turn = oldest.turn;
    progress(parts.length / wanted.size);
  }
  return new Blob([captureHead(machine), ...parts], { type: TYPE });
};

/** Packets between two breaths of the page. */
const AT_ONCE = 2_000;

/** The listed data packets, which this page alone keeps. */
export const capturePackets = async ({
  machine,
  calendarStart,
  view,
  log,
  progress,
}: Pick<CaptureAsked, 'machine' | 'calendarStart' | 'view' | 'progress'> & {
  readonly log: Pick<PacketLog, 'at'>;
}): Promise<Blob> => {
  const { table } = view;
  const places = Array.from({ length: view.count }, (_, index) => view.place(index));
  const parts: BlobPart[] = [];
  for (const [index, place] of places.entries()) {
    const { bytes, packet, rate } = log.at(place);
    const sampled = rate === 1 ? '' : `, one of ${rate}`;
    parts.push(
      packetBlock({
        at: nanoseconds(calendarStart, table.at(place)),
        toGuest: table.toGuest(place),
        comment: `channel ${table.channel(place) ?? '?'}, packet ${packet}${sampled}: ${table.summary(place)}`,
        bytes,
      }),
    );
    if (index % AT_ONCE !== AT_ONCE - 1) continue;
    progress(index / places.length);
    await new Promise(resolve => setTimeout(resolve));
  }
  return new Blob([captureHead(machine), ...parts], { type: TYPE });
};

/** Since 1970. */
const nanoseconds = (calendarStart: number, at: number): bigint =>
  (filetime(calendarStart, at as SimTime) - FILETIME_OF_1970) * 100n;

const blockOf = (fact: Fact, calendarStart: number): Uint8Array<ArrayBuffer> => {
  const pairs = bytesOf(fact).match(/../gu) ?? [];
  return packetBlock({
    at: nanoseconds(calendarStart, fact.at),
    toGuest: isToGuest(fact),
    comment: fact.summary,
    bytes: Uint8Array.from(pairs, pair => Number.parseInt(pair, 16)),
  });
};

/** Gives a file to whoever looks at the page. */
export const save = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

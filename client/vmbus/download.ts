import { filetime } from '../../server/protocol/time.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { VmId } from '../../server/protocol/id.ts';
import { readFacts } from '../rest/request.ts';
import { bytesOf, isToGuest } from './message.ts';
import type { MessageView } from './message-view.ts';
import { captureHead, packetBlock } from './pcapng.ts';

const PAGE = 2_000;
const FILETIME_OF_1970 = 116_444_736_000_000_000n;

export interface CaptureAsked {
  readonly lab: string;
  readonly vm: VmId;
  readonly machine: string;
  readonly calendarStart: number;
  readonly view: MessageView;
  /** From 0 to 1; false stops it. */
  readonly progress: (done: number) => boolean;
}

/** The listed messages with their bytes, as a capture; null when it was stopped, a text when it failed. */
export const capture = async (asked: CaptureAsked): Promise<Blob | string | null> => {
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
    if (!progress(parts.length / wanted.size)) return null;
  }
  return new Blob([captureHead(machine), ...parts], { type: 'application/x-pcapng' });
};

const blockOf = (fact: Fact, calendarStart: number): Uint8Array<ArrayBuffer> => {
  const pairs = bytesOf(fact).match(/../gu) ?? [];
  return packetBlock({
    at: (filetime(calendarStart, fact.at) - FILETIME_OF_1970) * 100n,
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

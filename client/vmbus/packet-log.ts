import type { Trace } from '../../server/protocol/fact.ts';
import { kindOf } from '../../server/protocol/id.ts';
import type { Seen } from '../state/lab-store.ts';
import { ByteStore } from './byte-store.ts';
import { MessageTable } from './message-table.ts';
import { NumberColumn } from './number-column.ts';
import { isPacketToGuest, packetType } from './packet.ts';

type Channels = ReadonlyMap<string, Pick<Seen<'vmbus-channel'>, 'relId' | 'device'>>;

/** What is known of one packet beside its line in the table. */
export interface TracedPacket {
  /** Its number on its channel. */
  readonly packet: number;
  /** One in how many is listed. */
  readonly rate: number;
  readonly device: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The data packets of a bus since somebody looks, with their bytes: nobody else keeps them. When the
 * table is full it begins anew, so that a tab left open stays as small as it is.
 */
export class PacketLog {
  readonly #listeners = new Set<() => void>();
  table = new MessageTable();
  /** Grows with every change. */
  version = 0;
  /** Packets that made room for others. */
  letGo = 0;
  #kept = new Kept();
  #last: Trace | null = null;
  #numbered = 0;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The trace of the machine that is held now, oldest first: of it whatever is not here yet. */
  take(held: readonly Trace[], channels: Channels): void {
    const newest = held.at(-1) ?? null;
    if (newest === this.#last) return;
    // What was traced in another history has not happened in this one.
    if (newest === null || newest.turn < (this.#last?.turn ?? 0)) this.#begin();
    const from = this.#last === null ? 0 : held.lastIndexOf(this.#last) + 1;
    for (const entry of held.slice(from))
      // A timer's message goes through no channel.
      if (kindOf(entry.channel) === 'vmbus-channel') this.#add(entry, channels);
    this.#last = newest;
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  at(place: number): TracedPacket {
    return this.#kept.at(place);
  }

  #add(entry: Trace, channels: Channels): void {
    if (this.table.isFull) {
      this.letGo += this.table.count;
      this.#begin();
    }
    const { relId = null, device = '' } = channels.get(entry.channel) ?? {};
    this.#numbered += 1;
    this.table.add({
      n: this.#numbered,
      at: entry.at,
      turn: entry.turn,
      isPacket: true,
      toGuest: isPacketToGuest(device, entry.bytes),
      channel: relId,
      type: packetType(entry.bytes),
      length: entry.bytes.length / 2,
      summary: entry.summary,
    });
    this.#kept.add(entry, device);
  }

  #begin(): void {
    this.table = new MessageTable();
    this.#kept = new Kept();
    this.#last = null;
  }
}

class Kept {
  readonly #packet = new NumberColumn(Float64Array);
  readonly #rate = new NumberColumn(Uint32Array);
  readonly #device = new NumberColumn(Uint16Array);
  readonly #devices: string[] = [];
  readonly #bytes = new ByteStore();

  add({ packet, rate, bytes }: Trace, device: string): void {
    if (!this.#devices.includes(device)) this.#devices.push(device);
    this.#packet.push(packet);
    this.#rate.push(rate);
    this.#device.push(this.#devices.indexOf(device));
    this.#bytes.push(bytes);
  }

  at(place: number): TracedPacket {
    return {
      packet: this.#packet.get(place),
      rate: this.#rate.get(place),
      device: this.#devices[this.#device.get(place)] ?? '',
      bytes: this.#bytes.get(place),
    };
  }
}

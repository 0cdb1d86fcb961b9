import type { Duplex } from 'node:stream';
import type { Down, Lag } from '../protocol/wire/down.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { textFrame, textFrames } from './frame.ts';
import { GaugeMerge } from './gauge-merge.ts';
import type { Figures } from './port.ts';
import type { Ticker } from './ticker.ts';

/** What an outbox asks of its connection. */
export interface Reader {
  /** Everything that waited was read: subscriptions that fell behind may ask for what they missed. */
  drained(): void;
  /** More waits than may: nothing else helps. */
  tooSlow(): void;
  /** Everybody who is there, when somebody's changes were not sent. */
  everybody(): Uint8Array;
}

/** By how many bytes wait: at which point a class of messages stops. Parts of the most there may be. */
interface Thresholds {
  /** From here on the socket tells when it has drained, so that waiting comes to an end. */
  readonly full: number;
  readonly trace: number;
  readonly thinned: number;
  readonly packets: number;
  /** Of messages to this connection alone; what is more than that closes it. */
  readonly control: number;
  /** Of those that are paced: a dozen consoles that somebody comes back to, with all they show. */
  readonly aside: number;
}

function thresholds(most: number, highWaterMark: number): Thresholds {
  const least = 2 * highWaterMark;
  const thinned = Math.max(least, most / 8);
  const packets = Math.max(least, most / 2);
  const control = Math.max(least, most - packets);
  const trace = Math.max(highWaterMark, most / 16);
  return { full: highWaterMark, trace, thinned, packets, control, aside: 4 * most };
}

/**
 * All that leaves on one connection, and what happens when it is not read. Nothing in here grows with
 * how long a reader stands still: trace is dropped and counted, gauges and people keep their last
 * state, packets stop and are told later from the lab, pictures wait in parts that are paced.
 */
export class Outbox {
  readonly #socket: Duplex;
  readonly #ticker: Ticker;
  readonly #figures: Figures;
  readonly #reader: Reader;
  readonly #at: Thresholds;
  /** Of this tick, in order; nearly always there is one, and then no list is needed. */
  #part: Buffer | null = null;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  /** Of messages to this connection alone, since it had last read nearly everything. */
  #controlBytes = 0;
  /** Of those that are paced, since the last time that none waited. */
  #asideBytes = 0;
  /** Answers of this tick: they leave after the packets that show what they answer. */
  readonly #answers: Uint8Array[] = [];
  #answerBytes = 0;
  /** Parts of pictures that the socket has no room for yet. */
  readonly #backlog: Uint8Array[] = [];
  readonly #gauges = new GaugeMerge();
  #owesPeople = false;
  #dropped = 0;
  #scheduled = false;
  #closed = false;
  #mode: Lag['mode'] = 'live';
  #windowMs = 0;
  /** Subscriptions that do not have everything yet: while there are some, answers wait. */
  #incomplete = 0;
  /** Those of them that were live and fell behind. */
  #behind = 0;

  constructor(socket: Duplex, reader: Reader, around: Around) {
    this.#socket = socket;
    this.#reader = reader;
    this.#ticker = around.ticker;
    this.#figures = around.figures;
    this.#at = thresholds(around.most, socket.writableHighWaterMark);
    socket.on('drain', () => this.#drained());
  }

  /** Bytes that wait: in the socket, and in this tick. */
  get queued(): number {
    return this.#socket.writableLength + this.#bytes;
  }

  get isPaced(): boolean {
    return this.#backlog.length > 0;
  }

  /** A subscription has yet to be told everything; `behind` when it had been. */
  owe(behind: boolean): void {
    this.#incomplete += 1;
    if (behind) this.#behind += 1;
    this.#schedule();
  }

  /** It has been told, or needs nothing any more. */
  settle(behind: boolean): void {
    this.#incomplete -= 1;
    if (behind) this.#behind -= 1;
    this.#schedule();
  }

  /** To this connection alone, as soon as may be. */
  control(message: Down): void {
    const frame = textFrame(JSON.stringify(message));
    // What is queued for all may be large for a moment; what one has caused must not add up unread.
    if (this.queued < this.#at.full) this.#controlBytes = 0;
    this.#controlBytes += frame.length;
    if (this.#controlBytes > this.#at.control) return this.#reader.tooSlow();
    this.#push(frame);
    this.#figures.messagesOut += 1;
  }

  answer(bytes: Uint8Array): void {
    this.#answers.push(bytes);
    this.#answerBytes += bytes.length;
    if (this.#answerBytes > this.#at.packets) return this.#reader.tooSlow();
    this.#schedule();
  }

  /** The frames of a tick for everyone in a scope. False: too slow, and to be told later. */
  packets(frames: Buffer): boolean {
    if (!this.#hasRoom(frames.length)) return false;
    this.#push(frames);
    return true;
  }

  /** A picture, or a packet of all that was missed. False: some of it waits for room. */
  begin(messages: readonly Uint8Array[]): boolean {
    this.#backlog.push(...messages);
    this.#pump();
    return !this.isPaced;
  }

  /** To this connection alone, paced as pictures are: too large for the system's hands at once. */
  aside(message: Uint8Array): void {
    if (!this.isPaced) this.#asideBytes = 0;
    this.#asideBytes += message.length;
    if (this.#asideBytes > this.#at.aside) return this.#reader.tooSlow();
    this.begin([message]);
  }

  gauges(message: Uint8Array, frame: Buffer): void {
    if (this.queued < this.#at.thinned && this.#gauges.isEmpty) return this.#push(frame);
    this.#gauges.add(message);
    this.#figures.gaugesConflated += 1;
    this.#schedule();
  }

  forgetGauges(scope: Scope): void {
    this.#gauges.forget(scope);
  }

  trace(frame: Buffer): void {
    if (this.queued < this.#at.trace) return this.#push(frame);
    this.#dropped += 1;
    this.#figures.tracesDropped += 1;
    this.#schedule();
  }

  people(frame: Buffer): void {
    if (this.queued < this.#at.thinned) return this.#push(frame);
    this.#owesPeople = true;
    this.#schedule();
  }

  /** Everything of this tick in one write; called at its end, and before a connection is closed. */
  flush(): void {
    if (this.#answers.length > 0 && this.#incomplete === 0 && !this.isPaced) this.#pushAnswers();
    this.#tellLag();
    this.#scheduled = false;
    const first = this.#part;
    if (first === null) return;
    this.#figures.bytesOut += this.#bytes;
    this.#figures.writes += 1;
    this.#part = null;
    this.#bytes = 0;
    if (this.#parts.length === 0) this.#socket.write(first);
    else {
      this.#socket.cork();
      this.#socket.write(first);
      for (const part of this.#parts) this.#socket.write(part);
      this.#socket.uncork();
      this.#parts.length = 0;
    }
    // What the system takes at once is never told as drained, and somebody may wait for that.
    if (this.#waits && !this.#socket.writableNeedDrain) queueMicrotask(() => this.#drained());
  }

  /** Something was kept back until there is room. */
  get #waits(): boolean {
    return this.isPaced || !this.#gauges.isEmpty || this.#owesPeople || this.#behind > 0;
  }

  /** Nothing leaves any more, and nothing is kept. */
  close(): void {
    this.#closed = true;
    this.#part = null;
    this.#parts.length = 0;
    this.#bytes = 0;
    this.#answers.length = 0;
    this.#backlog.length = 0;
    this.#gauges.take();
  }

  /** Whoever has read nearly everything may have more than the limit at once, or could never have it. */
  #hasRoom(bytes: number): boolean {
    const { queued } = this;
    return queued < this.#at.full || queued + bytes <= this.#at.packets;
  }

  #push(frame: Buffer): void {
    if (this.#closed) return;
    if (this.#part === null) this.#part = frame;
    else this.#parts.push(frame);
    this.#bytes += frame.length;
    this.#schedule();
  }

  #pushAnswers(): void {
    this.#figures.messagesOut += this.#answers.length;
    this.#push(textFrames(this.#answers));
    this.#answers.length = 0;
    this.#answerBytes = 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    this.#ticker.outbox(this);
  }

  /** As many parts of pictures as there is room for; at least one when little waits. */
  #pump(): void {
    let taken = 0;
    for (const message of this.#backlog) {
      if (!this.#hasRoom(message.length)) break;
      this.#push(textFrames([message]));
      taken += 1;
    }
    this.#backlog.splice(0, taken);
    this.#figures.messagesOut += taken;
  }

  #drained(): void {
    if (this.#closed) return;
    this.#pump();
    if (this.isPaced) return;
    for (const gauges of this.#gauges.take()) this.control(gauges);
    if (this.#owesPeople) this.#push(textFrames([this.#reader.everybody()]));
    this.#owesPeople = false;
    this.#reader.drained();
    this.#schedule();
  }

  #tellLag(): void {
    const mode = this.#currentMode();
    const { windowMs } = this.#ticker;
    // Who is behind is told at the end what was dropped; who is not, at once.
    const isTold = mode !== 'live' || this.#dropped === 0;
    if (mode === this.#mode && windowMs === this.#windowMs && isTold) return;
    this.#mode = mode;
    this.#windowMs = windowMs;
    const bytes = this.#socket.writableLength;
    this.control({ t: 'lag', mode, windowMs, bytes, dropped: this.#dropped });
    this.#dropped = 0;
  }

  /** Told once when it begins and once when it is over; what is full will tell that it has drained. */
  #currentMode(): Lag['mode'] {
    if (this.#behind > 0) return 'catching-up';
    const isFull = this.#socket.writableLength >= this.#at.full;
    const isThin = isFull && (this.#dropped > 0 || this.#mode !== 'live');
    return isThin || this.#owesPeople || !this.#gauges.isEmpty ? 'thinned' : 'live';
  }
}

export interface Around {
  readonly ticker: Ticker;
  readonly figures: Figures;
  /** Bytes that may wait for one connection. */
  readonly most: number;
}

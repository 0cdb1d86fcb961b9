import { textFrames } from './frame.ts';
import type { Figures } from './port.ts';
import type { Subscription } from './subscription.ts';
import type { Shared, Ticker } from './ticker.ts';

interface Message {
  readonly to: number;
  readonly bytes: Uint8Array;
}

/**
 * Everyone live in one scope with one audience. The messages of a tick are put into one buffer once,
 * and every reader is given that same buffer.
 */
export class Group implements Shared {
  readonly #ticker: Ticker;
  readonly #figures: Figures;
  readonly #fellBehind: (subscription: Subscription) => void;
  readonly #live: Subscription[] = [];
  /** Those that have not yet reached the turn they began at: earlier messages are not for them. */
  readonly #fresh = new Set<Subscription>();
  readonly #state: Message[] = [];
  readonly #gauges: Uint8Array[] = [];
  readonly #trace: Uint8Array[] = [];
  #scheduled = false;
  /** The turn up to which everybody live has everything. */
  #sentTo = 0;

  constructor(ticker: Ticker, figures: Figures, fellBehind: (subscription: Subscription) => void) {
    this.#ticker = ticker;
    this.#figures = figures;
    this.#fellBehind = fellBehind;
  }

  get isEmpty(): boolean {
    return this.#live.length === 0 && this.#fresh.size === 0;
  }

  /** Where a subscription of this group is: the last turn it was given. */
  positionOf(subscription: Subscription): number {
    return Math.max(subscription.begunAt, this.#fresh.has(subscription) ? 0 : this.#sentTo);
  }

  add(subscription: Subscription): void {
    this.#fresh.add(subscription);
  }

  remove(subscription: Subscription): void {
    if (this.#fresh.delete(subscription)) return;
    const at = this.#live.indexOf(subscription);
    if (at >= 0) this.#removeAt(at);
  }

  state(to: number, bytes: Uint8Array): void {
    this.#state.push({ to, bytes });
    this.#schedule();
  }

  gauge(bytes: Uint8Array): void {
    this.#gauges.push(bytes);
    this.#schedule();
  }

  trace(bytes: Uint8Array): void {
    this.#trace.push(bytes);
    this.#schedule();
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#state.length > 0) this.#flushState();
  }

  flushRest(): void {
    for (const bytes of this.#gauges) this.#flushGauges(bytes);
    this.#gauges.length = 0;
    for (const bytes of this.#trace) this.#flushTrace(bytes);
    this.#trace.length = 0;
  }

  #flushState(): void {
    const count = this.#state.length;
    const to = this.#state[count - 1]?.to ?? 0;
    if (this.#live.length > 0)
      this.#deliver(textFrames(this.#state.map(({ bytes }) => bytes)), count);
    if (this.#fresh.size > 0) this.#admit(to);
    this.#sentTo = to;
    this.#state.length = 0;
  }

  /** The hot loop: one test and one reference a reader. Backwards, because who is too slow leaves. */
  #deliver(frames: Buffer, count: number): void {
    const live = this.#live;
    let delivered = 0;
    for (let at = live.length - 1; at >= 0; at -= 1) {
      const subscription = live[at] as Subscription;
      if (subscription.subscriber.outbox.packets(frames)) delivered += 1;
      else this.#drop(subscription, at);
    }
    this.#figures.deliveries += delivered;
    this.#figures.messagesOut += delivered * count;
  }

  #drop(subscription: Subscription, at: number): void {
    // Before it leaves: its position is that of the group before this tick.
    this.#fellBehind(subscription);
    this.#removeAt(at);
  }

  #admit(to: number): void {
    for (const subscription of this.#fresh) {
      const { begunAt, subscriber } = subscription;
      const messages = this.#state.filter(message => message.to >= begunAt);
      if (messages.length > 0) {
        const frames = textFrames(messages.map(({ bytes }) => bytes));
        if (!subscriber.outbox.packets(frames)) {
          this.#fellBehind(subscription);
          this.#fresh.delete(subscription);
          continue;
        }
        this.#figures.messagesOut += messages.length;
      }
      if (to < begunAt) continue;
      this.#fresh.delete(subscription);
      this.#live.push(subscription);
    }
  }

  #flushGauges(bytes: Uint8Array): void {
    const frame = textFrames([bytes]);
    for (const subscription of this.#everybody()) {
      if (subscription.gauges) subscription.subscriber.outbox.gauges(bytes, frame);
    }
  }

  #flushTrace(bytes: Uint8Array): void {
    const frame = textFrames([bytes]);
    for (const subscription of this.#everybody()) {
      if (subscription.trace) subscription.subscriber.outbox.trace(frame);
    }
  }

  *#everybody(): Generator<Subscription> {
    yield* this.#live;
    yield* this.#fresh;
  }

  /** The last takes its place: order means nothing here. */
  #removeAt(at: number): void {
    const last = this.#live.pop();
    if (last !== undefined && at < this.#live.length) this.#live[at] = last;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#ticker.group(this);
  }
}

import type { FromLab, ToLab } from '../lab/port.ts';
import type { LabId } from '../protocol/id.ts';
import type { Watch } from '../protocol/wire/up.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { Group } from './group.ts';
import type { Figures } from './port.ts';
import type { Subscriber, Subscription } from './subscription.ts';
import type { Ticker } from './ticker.ts';

type FromLabOf<T extends FromLab['t']> = Extract<FromLab, { readonly t: T }>;

export interface WatchersAround {
  readonly ticker: Ticker;
  readonly figures: Figures;
  readonly post: (message: ToLab) => void;
  /** A number no watcher had before. */
  readonly nextWatcher: () => number;
}

/**
 * Who watches what of one lab. Asks the lab for each subscription, hands out what comes for a scope,
 * and asks again, from the last turn given, for those that fell behind or whose lab went away.
 */
export class Watchers {
  readonly #lab: LabId;
  readonly #around: WatchersAround;
  readonly #groups = new Map<string, Group>();
  /** Asked or live, by the name the lab knows them by. */
  readonly #atLab = new Map<number, Subscription>();
  #lineage = 0;
  #running = false;

  constructor(lab: LabId, around: WatchersAround) {
    this.#lab = lab;
    this.#around = around;
  }

  // ---- what clients want ----

  watch(subscriber: Subscriber, { scope, from, gauges, trace }: Watch): void {
    this.unwatch(subscriber, scope);
    const subscription: Subscription = {
      subscriber,
      scope,
      gauges,
      trace,
      phase: 'idle',
      behind: false,
      watcher: 0,
      from,
      begunAt: 0,
    };
    subscriber.subscriptions.set(scope, subscription);
    subscriber.outbox.owe(false);
    this.#ask(subscription);
  }

  unwatch(subscriber: Subscriber, scope: Scope): void {
    const subscription = subscriber.subscriptions.get(scope);
    if (subscription === undefined) return;
    this.#stop(subscription);
    this.#forget(subscription);
  }

  /** What the client has is wrong: it gets a picture. False when it does not watch that. */
  beginAnew(subscriber: Subscriber, scope: Scope): boolean {
    const subscription = subscriber.subscriptions.get(scope);
    if (subscription === undefined) return false;
    const { gauges, trace } = subscription;
    this.watch(subscriber, { t: 'watch', scope, from: null, gauges, trace });
    return true;
  }

  leave(subscriber: Subscriber): void {
    for (const scope of subscriber.subscriptions.keys()) this.unwatch(subscriber, scope);
  }

  /** The connection has read everything: it may be told what it missed. */
  catchUp(subscriber: Subscriber): void {
    for (const subscription of subscriber.subscriptions.values()) this.#ask(subscription);
  }

  // ---- what the lab says ----

  labReady(lineage: number, subscribers: Iterable<Subscriber>): void {
    // The same lab as before: who is live stays live.
    if (this.#running && this.#lineage === lineage) return;
    if (this.#running) this.labStopped();
    this.#running = true;
    this.#lineage = lineage;
    for (const subscriber of subscribers) this.catchUp(subscriber);
  }

  labStopped(): void {
    this.#running = false;
    for (const subscription of this.#atLab.values()) this.#interrupt(subscription);
    // Turns may begin elsewhere in another history: no group remembers where it was.
    this.#groups.clear();
  }

  begin({ watcher, turn, frames }: FromLabOf<'begin'>): void {
    const subscription = this.#atLab.get(watcher);
    if (subscription?.phase !== 'asked') {
      // It changed its mind meanwhile, and the lab heard of that before it knew of the watcher.
      if (subscription === undefined) this.#around.post({ t: 'unwatch', lab: this.#lab, watcher });
      return;
    }
    subscription.begunAt = turn;
    if (subscription.subscriber.outbox.begin(frames)) this.#goLive(subscription);
    else {
      // A picture that has to be paced is old by the time it is read; then the rest is asked for.
      this.#leaveLab(subscription);
      subscription.from = { lineage: this.#lineage, turn };
    }
  }

  /** Gives back who asked for what there is not. */
  refuse({ watcher }: FromLabOf<'refuse'>): Subscription | null {
    const subscription = this.#atLab.get(watcher);
    if (subscription === undefined) return null;
    this.#atLab.delete(watcher);
    subscription.phase = 'idle';
    this.#forget(subscription);
    return subscription;
  }

  frame({ scope, audience, class: delivery, to, bytes }: FromLabOf<'frame'>): void {
    const group = this.#groups.get(`${audience} ${scope}`);
    if (group === undefined) return;
    switch (delivery) {
      case 'state':
        return group.state(to, bytes);
      case 'gauge':
        return group.gauge(bytes);
      case 'trace':
        return group.trace(bytes);
    }
  }

  // ---- the life of a subscription ----

  #ask(subscription: Subscription): void {
    const { subscriber, phase, scope, from, gauges, trace } = subscription;
    // While parts of a picture wait, another one would only wait behind them.
    if (phase !== 'idle' || !this.#running || subscriber.outbox.isPaced) return;
    const watcher = this.#around.nextWatcher();
    subscription.phase = 'asked';
    subscription.watcher = watcher;
    this.#atLab.set(watcher, subscription);
    const { id: connection, audience } = subscriber;
    const lab = this.#lab;
    this.#around.post({
      t: 'watch',
      lab,
      connection,
      watcher,
      scope,
      audience,
      from,
      gauges,
      trace,
    });
  }

  #goLive(subscription: Subscription): void {
    const { subscriber, behind } = subscription;
    subscription.phase = 'live';
    subscription.behind = false;
    this.#groupOf(subscription).add(subscription);
    subscriber.outbox.settle(behind);
  }

  /** The lab went away: live no longer, and to be told later what it misses from here on. */
  #interrupt(subscription: Subscription): void {
    if (subscription.phase === 'live') {
      this.#remember(subscription);
      subscription.subscriber.outbox.owe(false);
      this.#leaveGroup(subscription);
    }
    this.#atLab.delete(subscription.watcher);
    subscription.phase = 'idle';
  }

  /** The group takes it out by itself. */
  readonly #fellBehind = (subscription: Subscription): void => {
    this.#around.figures.fellBehind += 1;
    this.#remember(subscription);
    subscription.behind = true;
    subscription.subscriber.outbox.owe(true);
    this.#leaveLab(subscription);
  };

  #remember(subscription: Subscription): void {
    const turn = this.#groupOf(subscription).positionOf(subscription);
    subscription.from = { lineage: this.#lineage, turn };
  }

  #leaveLab(subscription: Subscription): void {
    const { watcher } = subscription;
    this.#atLab.delete(watcher);
    this.#around.post({ t: 'unwatch', lab: this.#lab, watcher });
    subscription.phase = 'idle';
  }

  #stop(subscription: Subscription): void {
    const { phase } = subscription;
    if (phase === 'idle') return;
    this.#leaveGroup(subscription);
    this.#leaveLab(subscription);
    if (phase === 'live') subscription.subscriber.outbox.owe(false);
  }

  #forget(subscription: Subscription): void {
    const { subscriber, scope, behind } = subscription;
    subscriber.subscriptions.delete(scope);
    subscriber.outbox.forgetGauges(scope);
    subscriber.outbox.settle(behind);
  }

  #groupOf({ subscriber, scope }: Subscription): Group {
    const key = `${subscriber.audience} ${scope}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const { ticker, figures } = this.#around;
      group = new Group(ticker, figures, this.#fellBehind);
      this.#groups.set(key, group);
    }
    return group;
  }

  #leaveGroup(subscription: Subscription): void {
    if (subscription.phase !== 'live') return;
    const key = `${subscription.subscriber.audience} ${subscription.scope}`;
    const group = this.#groups.get(key);
    group?.remove(subscription);
    if (group?.isEmpty === true) this.#groups.delete(key);
  }
}

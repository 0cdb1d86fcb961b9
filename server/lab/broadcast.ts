import type { Audience } from '../protocol/field.ts';
import type { Fact } from '../protocol/fact.ts';
import type { LabId, VmId } from '../protocol/id.ts';
import { factInScope, placeOf } from '../protocol/scoping.ts';
import type { World } from '../sim/engine/world.ts';
import { FOR_PACKET } from '../sim/engine/row.ts';
import { encode } from './encode.ts';
import { wasIn } from './picture.ts';
import type { FromLab } from './port.ts';
import type { Watch } from './scope-group.ts';
import { ScopeGroup } from './scope-group.ts';

const AUDIENCES: readonly Audience[] = ['everyone', 'instructor'];

/** Facts kept in memory for who was away a moment; older ones come from the database. */
const FACTS_KEPT = 8_192;

/** Entries that go to screens that inspect one virtual machine, once a second. */
const TRACES_A_BEAT = 500;

/** Who watches what of one lab, and the packets that tell them what changed. */
export class Broadcast {
  readonly #lab: LabId;
  readonly #lineage: number;
  readonly #groups = new Map<string, ScopeGroup>();
  readonly #groupOf = new Map<number, ScopeGroup>();
  /** The latest facts, oldest first, and the turn after which they are complete. */
  recent: Fact[] = [];
  recentFrom: number;
  /** The turn up to which the database has them; later ones do not leave memory. */
  storedTo: number;

  /** `recentFrom`: facts after that turn are in memory; those before, in the database. */
  constructor(lab: LabId, lineage: number, world: World, recentFrom = world.turn) {
    this.#lab = lab;
    this.#lineage = lineage;
    this.recentFrom = recentFrom;
    this.storedTo = world.turn;
  }

  get groups(): Iterable<ScopeGroup> {
    return this.#groups.values();
  }

  get watchers(): number {
    return this.#groupOf.size;
  }

  groupOfWatcher(watcher: number): ScopeGroup | undefined {
    return this.#groupOf.get(watcher);
  }

  join(world: World, watch: Watch, begun = false): ScopeGroup {
    this.leave(watch.watcher);
    const key = `${watch.audience} ${watch.scope}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new ScopeGroup(watch.scope, watch.audience, world);
      this.#groups.set(key, group);
    }
    group.watchers.set(watch.watcher, { watch, begun });
    this.#groupOf.set(watch.watcher, group);
    if (watch.gauges) group.gaugeAll(world);
    return group;
  }

  leave(watcher: number): void {
    const group = this.#groupOf.get(watcher);
    if (group === undefined) return;
    this.#groupOf.delete(watcher);
    group.watchers.delete(watcher);
    if (group.watchers.size === 0) this.#groups.delete(`${group.audience} ${group.scope}`);
  }

  /** Told of everything that leaves the gate, so that after a reopening nobody misses what did not. */
  left(message: FromLab): void {
    if (message.t === 'frame' && message.class === 'state') {
      const group = this.#groups.get(`${message.audience} ${message.scope}`);
      if (group !== undefined) group.leftTo = message.to;
    } else if (message.t === 'begin') {
      const watcher = this.#groupOf.get(message.watcher)?.watchers.get(message.watcher);
      if (watcher !== undefined) watcher.begun = true;
    }
  }

  /** Packets for everything that changed since the last call: one per group that it concerns. */
  drain(world: World): FromLab[] {
    const { forPacket } = world.records;
    const facts = world.factsForPacket;
    const tombstones = world.tombstonesForPacket;
    if (forPacket.length === 0 && facts.length === 0 && tombstones.length === 0) return [];
    world.records.forPacket = [];
    world.factsForPacket = [];
    world.tombstonesForPacket = [];
    for (const row of forPacket) {
      row.dirty &= ~FOR_PACKET;
      if (!row.gone && this.#groups.size > 0) {
        const place = placeOf(row.record);
        for (const group of this.#near(place.host, place.vm)) group.change(row);
      }
      row.mask = 0;
      row.fresh = false;
    }
    for (const tombstone of tombstones) {
      for (const group of this.#groups.values()) {
        if (wasIn(tombstone, group.scope)) group.leave(tombstone, world);
      }
    }
    this.#remember(facts);
    for (const fact of facts) {
      for (const group of this.#near(fact.host, fact.vm)) {
        if (factInScope(fact, group.scope, group.audience)) group.facts.push(fact);
      }
    }
    return this.#packets(world);
  }

  /** Everyone who is live gets the hash they must have, and where the lab is. */
  beats(world: World, speed: number): FromLab[] {
    const beats: FromLab[] = [];
    for (const group of this.#groups.values()) {
      group.sentTo = world.turn;
      const { scope, audience } = group;
      const bytes = encode({
        t: 'beat',
        scope,
        lineage: this.#lineage,
        turn: world.turn,
        at: world.now,
        speed,
        hash: group.hash(),
      });
      beats.push({
        t: 'frame',
        lab: this.#lab,
        scope,
        audience,
        class: 'state',
        to: world.turn,
        bytes,
      });
      if (group.wantsGauges) {
        const values = group.takeGauges();
        if (values.length > 0) {
          const gauges = encode({ t: 'gauges', scope, at: world.now, values });
          beats.push({
            t: 'frame',
            lab: this.#lab,
            scope,
            audience,
            class: 'gauge',
            to: world.turn,
            bytes: gauges,
          });
        }
      }
    }
    return beats;
  }

  /** Sampled trace for who inspects; whatever nobody inspects is forgotten. */
  traces(world: World): FromLab[] {
    const { tracesForPacket, tracesMissed } = world;
    world.tracesForPacket = [];
    world.tracesMissed = new Map();
    const frames: FromLab[] = [];
    for (const group of this.#groups.values()) {
      const { scope, audience, wantsTrace } = group;
      if (!wantsTrace) continue;
      const all = tracesForPacket.filter(({ vm }) => vm === scope);
      const entries = thinned(all, TRACES_A_BEAT);
      const dropped = all.length - entries.length + (tracesMissed.get(scope as VmId) ?? 0);
      if (entries.length === 0) continue;
      const bytes = encode({ t: 'trace', scope, entries, dropped });
      const to = world.turn;
      frames.push({ t: 'frame', lab: this.#lab, scope, audience, class: 'trace', to, bytes });
    }
    return frames;
  }

  #packets(world: World): FromLab[] {
    const packets: FromLab[] = [];
    for (const group of this.#groups.values()) {
      const { scope, audience, put, gone, facts } = group;
      if (put.length === 0 && gone.length === 0 && facts.length === 0) continue;
      const bytes = encode({
        t: 'packet',
        scope,
        lineage: this.#lineage,
        from: group.sentTo + 1,
        to: world.turn,
        at: world.now,
        put,
        gone,
        facts,
      });
      group.put = [];
      group.gone = [];
      group.facts = [];
      group.sentTo = world.turn;
      packets.push({
        t: 'frame',
        lab: this.#lab,
        scope,
        audience,
        class: 'state',
        to: world.turn,
        bytes,
      });
    }
    return packets;
  }

  /** The groups a record or fact of a host and VM may concern. */
  *#near(host: string | null, vm: string | null): Generator<ScopeGroup> {
    for (const audience of AUDIENCES) {
      const lab = this.#groups.get(`${audience} lab`);
      if (lab !== undefined) yield lab;
      const ofHost = host === null ? undefined : this.#groups.get(`${audience} ${host}`);
      if (ofHost !== undefined) yield ofHost;
      const ofVm = vm === null ? undefined : this.#groups.get(`${audience} ${vm}`);
      if (ofVm !== undefined) yield ofVm;
    }
  }

  #remember(facts: readonly Fact[]): void {
    for (const fact of facts) this.recent.push(fact);
    if (this.recent.length <= FACTS_KEPT * 1.5) return;
    const cut = this.recent[this.recent.length - FACTS_KEPT - 1] as Fact;
    const turn = Math.min(cut.turn, this.storedTo);
    if (turn <= this.recentFrom) return;
    this.recentFrom = turn;
    this.recent = this.recent.filter(fact => fact.turn > turn);
  }
}

/** At most so many, taken evenly from all, so that the end of a burst is seen as well as its beginning. */
function thinned<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)] as T);
}

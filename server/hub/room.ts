import type { Viewer } from '../course/port.ts';
import type { FromLab } from '../lab/port.ts';
import type { CommandId, LabId } from '../protocol/id.ts';
import type { Role } from '../protocol/role.ts';
import type { Json } from '../base/json.ts';
import type { Down, LabStopped, Ready } from '../protocol/wire/down.ts';
import type { WireErrorKind } from '../protocol/wire/error.ts';
import type { WireLimits } from '../protocol/wire/limit.ts';
import type { Command, ConsoleRequest, Presence, Watch } from '../protocol/wire/up.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { RoomConsoles } from './consoles.ts';
import { textFrames } from './frame.ts';
import { Roster } from './roster.ts';
import type { Subscriber } from './subscription.ts';
import type { WatchersAround } from './watchers.ts';
import { Watchers } from './watchers.ts';

/** A connection that was let into a lab. */
export interface Member extends Subscriber {
  readonly viewer: Viewer;
  readonly role: Role;
  /** Commands that the lab has yet to answer. */
  readonly pending: Set<CommandId>;
  send(message: Down): void;
  refuse(
    kind: WireErrorKind,
    detail?: { readonly about?: string; readonly retryMs?: number },
  ): void;
}

export interface RoomAround extends WatchersAround {
  readonly limits: WireLimits;
}

/** Changes of people are collected this long: nobody sees more than so many a second anyway. */
const PEOPLE_MS = 100;

/** Everyone connected to one lab, and where that lab is. */
export class Room {
  readonly lab: LabId;
  readonly members = new Map<number, Member>();
  readonly #around: RoomAround;
  readonly #watchers: Watchers;
  readonly #consoles: RoomConsoles;
  readonly #roster = new Roster();
  #ready: Ready | null = null;
  #stopped: LabStopped | null = null;
  /** Commands the lab was given and has not answered, whether or not their sender is still there. */
  #pending = 0;
  #peopleTimer: NodeJS.Timeout | null = null;
  #reopenTimer: NodeJS.Timeout | null = null;

  constructor(lab: LabId, around: RoomAround) {
    this.lab = lab;
    this.#around = around;
    this.#watchers = new Watchers(lab, around);
    this.#consoles = new RoomConsoles(lab, message => around.post(message));
    around.post({ t: 'open', lab });
  }

  get isFull(): boolean {
    return this.members.size >= this.#around.limits.connectionsPerLab;
  }

  enter(member: Member): void {
    this.members.set(member.id, member);
    const before = this.#roster.count;
    this.#roster.arrive(member.viewer, member.role);
    member.send(this.#roster.everybody());
    if (this.#ready !== null) member.send(this.#ready);
    else if (this.#stopped !== null) member.send(this.#stopped);
    this.#peopleChanged(before);
  }

  leave(member: Member): void {
    if (!this.members.delete(member.id)) return;
    this.#watchers.leave(member);
    this.#consoles.leave(member);
    const before = this.#roster.count;
    this.#roster.leave(member.viewer.person);
    this.#peopleChanged(before);
  }

  /** Nobody is here any more: forgotten by the hub, and by its timers. */
  close(): void {
    if (this.#peopleTimer !== null) clearTimeout(this.#peopleTimer);
    if (this.#reopenTimer !== null) clearTimeout(this.#reopenTimer);
  }

  // ---- what members want ----

  watch(member: Member, watch: Watch): void {
    const { subscriptions } = member;
    const most = this.#around.limits.scopesPerConnection;
    if (!subscriptions.has(watch.scope) && subscriptions.size >= most) {
      return member.refuse('too-many-scopes', { about: watch.scope });
    }
    this.#watchers.watch(member, watch);
  }

  unwatch(member: Member, scope: Scope): void {
    this.#watchers.unwatch(member, scope);
  }

  diverged(member: Member, scope: Scope): void {
    if (this.#watchers.beginAnew(member, scope)) this.#around.figures.divergences += 1;
  }

  /** `args` as the operation's own schema gave them. */
  submit(member: Member, { id, op }: Command, args: Json): void {
    // Its answer is on its way; the same question twice would be counted twice.
    if (member.pending.has(id)) return;
    // One that is being opened takes commands as soon as it is.
    if (this.#stopped !== null) {
      return member.refuse('unavailable', { about: id, retryMs: this.#stopped.retryMs ?? 1_000 });
    }
    const { commandsPending, commandsPendingPerLab } = this.#around.limits;
    if (member.pending.size >= commandsPending || this.#pending >= commandsPendingPerLab) {
      return member.refuse('too-much-pending', { about: id, retryMs: 200 });
    }
    member.pending.add(id);
    this.#pending += 1;
    this.#around.figures.commands += 1;
    const { id: connection, viewer } = member;
    const { person } = viewer;
    this.#around.post({ t: 'submit', lab: this.lab, connection, person, command: id, op, args });
  }

  show(member: Member, presence: Presence): void {
    this.#roster.show(member.viewer.person, presence);
    this.#peopleSoon();
  }

  console(member: Member, request: ConsoleRequest): void {
    if (this.#stopped !== null) {
      const retryMs = this.#stopped.retryMs ?? 1_000;
      return member.refuse('unavailable', { about: request.id, retryMs });
    }
    this.#consoles.ask(member, request);
  }

  /** What it missed while it was not reading. */
  catchUp(member: Member): void {
    this.#watchers.catchUp(member);
    this.#consoles.catchUp(member);
  }

  everybody(): Uint8Array {
    return Buffer.from(JSON.stringify(this.#roster.everybody()));
  }

  // ---- what the lab says ----

  fromLab(message: Exclude<FromLab, { t: 'reply' | 'metrics' }>): void {
    switch (message.t) {
      case 'ready':
        return this.#labReady(message);
      case 'stopped':
        return this.#labStopped(message);
      case 'begin':
        return this.#watchers.begin(message);
      case 'refuse': {
        const subscription = this.#watchers.refuse(message);
        if (subscription === null) return;
        const member = this.members.get(subscription.subscriber.id);
        return member?.refuse(message.kind, { about: subscription.scope, retryMs: 500 });
      }
      case 'frame':
        return this.#watchers.frame(message);
      case 'console':
        return this.#consoles.tell(message, this.members);
      case 'printed':
        // Never leaves the lab's thread.
        return;
      case 'answer': {
        if (this.#pending > 0) this.#pending -= 1;
        const member = this.members.get(message.connection);
        member?.pending.delete(message.command);
        return member?.outbox.answer(message.bytes);
      }
    }
  }

  #labReady({ name, lineage }: Extract<FromLab, { t: 'ready' }>): void {
    const again = this.#ready !== null && this.#ready.lineage === lineage;
    this.#ready = { t: 'ready', name, lineage };
    this.#stopped = null;
    // It was asked for twice; nothing changed.
    if (again) return;
    for (const member of this.members.values()) member.send(this.#ready);
    this.#watchers.labReady(lineage, this.members.values());
  }

  #labStopped({ reason, message, retryMs }: Extract<FromLab, { t: 'stopped' }>): void {
    this.#stopped = { t: 'stopped', reason, message, retryMs };
    this.#ready = null;
    this.#watchers.labStopped();
    // Their senders send them again when the lab is back; until then nobody knows what became of them.
    this.#pending = 0;
    for (const member of this.members.values()) {
      member.pending.clear();
      member.send(this.#stopped);
    }
    if (retryMs === null || this.#reopenTimer !== null) return;
    this.#reopenTimer = setTimeout(() => {
      this.#reopenTimer = null;
      if (this.#ready === null) this.#around.post({ t: 'open', lab: this.lab });
    }, retryMs);
  }

  // ---- people ----

  #peopleChanged(before: number): void {
    const { count } = this.#roster;
    if (count !== before) this.#around.post({ t: 'people', lab: this.lab, count });
    if (this.#roster.hasChanged) this.#peopleSoon();
  }

  #peopleSoon(): void {
    this.#peopleTimer ??= setTimeout(() => {
      this.#peopleTimer = null;
      const changed = Buffer.from(JSON.stringify(this.#roster.takeChanged()));
      const frame = textFrames([changed]);
      for (const { outbox } of this.members.values()) outbox.people(frame);
      this.#around.figures.messagesOut += this.members.size;
    }, PEOPLE_MS);
  }
}

import type { FromLab, ToLab } from '../lab/port.ts';
import type { LabId } from '../protocol/id.ts';
import type { ConsoleRequest } from '../protocol/wire/up.ts';
import { textFrames } from './frame.ts';
import type { Member } from './room.ts';

/** Consoles of a room: requests to the lab, and what comes of them to whoever looks. */
export class RoomConsoles {
  readonly #lab: LabId;
  readonly #post: (message: ToLab) => void;
  /** Consoles that a connection was too slow for: it gets their screen once it has read the rest. */
  readonly #behind = new Map<number, Set<string>>();
  /** Connections that ever asked for a console: the lab need not hear of the others. */
  readonly #known = new Set<number>();

  constructor(lab: LabId, post: (message: ToLab) => void) {
    this.#lab = lab;
    this.#post = post;
  }

  ask({ id: connection, viewer, role }: Member, request: ConsoleRequest): void {
    this.#known.add(connection);
    const { id, console, what } = request;
    const { person, name } = viewer;
    this.#post({
      t: 'console',
      lab: this.#lab,
      connection,
      person: { id: person, name },
      role,
      request: id,
      console,
      what,
    });
  }

  tell(
    { connections, console, class: kind, bytes }: Extract<FromLab, { t: 'console' }>,
    members: ReadonlyMap<number, Member>,
  ): void {
    let frame: Buffer | null = null;
    for (const connection of connections ?? members.keys()) {
      const member = members.get(connection);
      if (member === undefined || this.#isBehind(connection, console)) continue;
      if (kind === 'control') {
        member.outbox.aside(bytes);
        continue;
      }
      frame ??= textFrames([bytes]);
      if (!member.outbox.packets(frame) && console !== null) this.#fallBehind(connection, console);
    }
  }

  /** Whoever read on gets the screen as it is now, not all that it missed. */
  catchUp(member: Member): void {
    const behind = this.#behind.get(member.id);
    if (behind === undefined) return;
    this.#behind.delete(member.id);
    for (const console of behind) {
      this.ask(member, { t: 'console', id: 'behind', console, what: { do: 'look', from: null } });
    }
  }

  leave({ id: connection }: Member): void {
    this.#behind.delete(connection);
    if (!this.#known.delete(connection)) return;
    this.#post({ t: 'console-left', lab: this.#lab, connection });
  }

  #isBehind(connection: number, console: string | null): boolean {
    return console !== null && this.#behind.get(connection)?.has(console) === true;
  }

  #fallBehind(connection: number, console: string): void {
    const behind = this.#behind.get(connection) ?? new Set();
    this.#behind.set(connection, behind.add(console));
  }
}

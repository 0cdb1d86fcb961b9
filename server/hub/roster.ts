import type { PersonId } from '../protocol/id.ts';
import type { People } from '../protocol/wire/down.ts';
import type { Presence } from '../protocol/wire/up.ts';
import type { Role } from '../protocol/role.ts';

type Person = People['people'][number];

interface Present {
  person: Person;
  connections: number;
}

/** Who is in a lab and looks at what. Of each person only the last state counts. */
export class Roster {
  readonly #present = new Map<PersonId, Present>();
  readonly #changed = new Map<PersonId, Person>();

  /** People, not connections. */
  get count(): number {
    return this.#present.size;
  }

  get hasChanged(): boolean {
    return this.#changed.size > 0;
  }

  arrive(who: { readonly person: PersonId; readonly name: string }, role: Role): void {
    const present = this.#present.get(who.person);
    if (present !== undefined) {
      present.connections += 1;
      return;
    }
    const { person: id, name } = who;
    const person = { id, name, role, online: true, view: null, selection: null, typing: null };
    this.#present.set(id, { person, connections: 1 });
    this.#changed.set(id, person);
  }

  leave(id: PersonId): void {
    const present = this.#present.get(id);
    if (present === undefined) return;
    present.connections -= 1;
    if (present.connections > 0) return;
    this.#present.delete(id);
    const { person } = present;
    this.#changed.set(id, { ...person, online: false, view: null, selection: null, typing: null });
  }

  show(id: PersonId, { view, selection, typing }: Presence): void {
    const present = this.#present.get(id);
    if (present === undefined) return;
    present.person = { ...present.person, view, selection, typing };
    this.#changed.set(id, present.person);
  }

  everybody(): People {
    const people = [...this.#present.values()].map(({ person }) => person);
    return { t: 'people', all: true, people };
  }

  takeChanged(): People {
    const people = [...this.#changed.values()];
    this.#changed.clear();
    return { t: 'people', all: false, people };
  }
}

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Link } from '../link/port.ts';
import { type KnownPerson, listPeople } from '../rest/request.ts';
import { useLab, usePeople } from './lab-context.tsx';

type AskPeople = () => Promise<readonly KnownPerson[] | null>;

/** Who was asked for in vain, because the server was away, is asked for again after this long. */
const AGAIN_MS = 3_000;

/**
 * People of a lab by id, also those who are not there: what somebody did carries who did it for ever,
 * and presence only tells of who is here. They are asked for together, when one is met who is not known.
 */
export class KnownPeople {
  readonly #ask: AskPeople;
  readonly #byId = new Map<string, KnownPerson>();
  /** Met, and not among the answers: who was no person of this lab. */
  readonly #nobody = new Set<string>();
  readonly #wanted = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #asking = false;
  version = 0;

  constructor(ask: AskPeople) {
    this.#ask = ask;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  find(id: string): KnownPerson | undefined {
    return this.#byId.get(id);
  }

  /** Somebody was met of whom nothing is known. */
  meet(id: string): void {
    if (this.#byId.has(id) || this.#nobody.has(id)) return;
    this.#wanted.add(id);
    if (!this.#asking) void this.#askAll();
  }

  async #askAll(): Promise<void> {
    this.#asking = true;
    const asked = [...this.#wanted];
    const people = await this.#ask();
    if (people === null) {
      await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
      this.#asking = false;
      this.#wanted.clear();
      return this.#changed();
    }
    this.#asking = false;
    for (const person of people) this.#byId.set(person.person, person);
    for (const id of asked) if (!this.#byId.has(id)) this.#nobody.add(id);
    const late = [...this.#wanted].filter(id => !this.#byId.has(id) && !this.#nobody.has(id));
    this.#wanted.clear();
    this.#changed();
    for (const id of late) this.meet(id);
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const known = new WeakMap<Link, KnownPeople>();

const knownBy = (link: Link): KnownPeople => {
  const found = known.get(link);
  if (found !== undefined) return found;
  const made = new KnownPeople(async () => {
    const answer = await listPeople(link.lab);
    return answer.ok ? answer.value.people : null;
  });
  known.set(link, made);
  return made;
};

export interface Somebody {
  readonly id: string;
  readonly name: string;
  readonly online: boolean;
}

/**
 * The person of that id, here or long gone; null while that is not known. Another function when more
 * is, so that whoever draws from it draws again.
 */
export const useSomebody = (): ((id: string) => Somebody | null) => {
  const { link } = useLab();
  const people = knownBy(link);
  const version = useSyncExternalStore(people.listen, () => people.version);
  const present = usePeople();
  const byId = useMemo(() => new Map(present.map(person => [person.id, person])), [present]);
  return useCallback(
    id => {
      const here = version < 0 ? undefined : byId.get(id);
      if (here !== undefined) return here;
      const told = people.find(id);
      // Only asks: that it was met changes nothing that is drawn now.
      if (told === undefined) people.meet(id);
      return told === undefined ? null : { id, name: told.name, online: false };
    },
    [version, byId, people],
  );
};

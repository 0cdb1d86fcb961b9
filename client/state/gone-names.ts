import type { Fact } from '../../server/protocol/fact.ts';

type Names = ReadonlyMap<string, string>;

/** Event 13003 of VMMS: the last thing that is said of a virtual machine, and it has its name. */
const DELETED = 13_003;
const SENTENCE = /^The virtual machine '(.*)' was deleted\./su;

/** What a deleted virtual machine was called last, when this fact tells of its end. */
const lastName = ({ kind, vm, data }: Fact): readonly [id: string, name: string] | null => {
  const { id, message } = data;
  if (kind !== 'event' || vm === null || id !== DELETED || typeof message !== 'string') return null;
  const name = SENTENCE.exec(message)?.[1];
  return name === undefined ? null : [vm, name];
};

export const namesOfGone = (facts: readonly Fact[]): Names =>
  new Map(facts.map(lastName).filter(found => found !== null));

/**
 * Names of virtual machines that are no more, from a list of facts that grows. Whatever is said of a
 * machine stands before its end in that list, so who sees the one has the other. The same table is
 * given while nothing was added.
 */
export class GoneNames {
  #names: Names = new Map();
  #facts: readonly Fact[] = [];

  of(facts: readonly Fact[]): Names {
    if (facts === this.#facts) return this.#names;
    const [first] = this.#facts;
    const last = this.#facts.at(-1);
    // After a rewind, or a gap, the last one is not there: then all of them are new.
    const known = last === undefined ? -1 : facts.lastIndexOf(last);
    // Older ones may have been read meanwhile, or left.
    const older = known < 0 || first === undefined ? 0 : Math.max(0, facts.indexOf(first));
    this.#facts = facts;
    const added = namesOfGone([...facts.slice(0, older), ...facts.slice(known + 1)]);
    if (added.size > 0) this.#names = new Map([...this.#names, ...added]);
    return this.#names;
  }
}

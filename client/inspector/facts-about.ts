import type { Fact } from '../../server/protocol/fact.ts';
import { kindOf } from '../../server/protocol/id.ts';
import { isChannelFact } from './channel-fact.ts';

// Which facts tell of a record. A fact names few records by id; most it names as the stack does: by the
// machine, by who spoke, by the number of a channel or a processor.

interface About {
  readonly id: string;
  readonly [column: string]: unknown;
}

type Tells = (fact: Fact, record: About) => boolean;

const ofMachine: Tells = (fact, { vm }) => fact.vm !== null && fact.vm === vm;

const by =
  (...components: readonly string[]): Tells =>
  (fact, record) =>
    ofMachine(fact, record) &&
    (components.includes(fact.from) || (fact.to !== null && components.includes(fact.to)));

const hypercallsOf: Tells = (fact, record) =>
  fact.kind === 'hypercall' &&
  (record['vm'] === null ? fact.host === record['host'] : ofMachine(fact, record));

const ofProcessor: Tells = (fact, record) => {
  const { input } = fact.data;
  return (
    hypercallsOf(fact, record) &&
    typeof input === 'object' &&
    input !== null &&
    Reflect.get(input, 'vpIndex') === record['index']
  );
};

/** Where it is not said here, a fact tells of a record that it names. */
const TELLS: Readonly<Record<string, Tells>> = {
  vm: (fact, { id }) => fact.vm === id,
  host: (fact, { id }) => fact.host === id,
  'worker-process': by('vmwp'),
  partition: hypercallsOf,
  'virtual-processor': ofProcessor,
  'hypercall-count': (fact, record) =>
    hypercallsOf(fact, record) && fact.data['name'] === record['name'],
  'vmbus-connection': (fact, record) => fact.kind === 'vmbus' && ofMachine(fact, record),
  'vmbus-channel': (fact, record) =>
    ofMachine(fact, record) && isChannelFact(fact, record['relId']),
  guest: by('guest', 'firmware'),
  service: (fact, record) => fact.host === record['host'] && fact.from === 'vmms',
};

const names: Tells = (fact, { id, path }) => {
  const text = JSON.stringify(fact.data);
  return (
    text.includes(JSON.stringify(id)) ||
    (typeof path === 'string' && text.includes(JSON.stringify(path)))
  );
};

/** The last facts that tell of a record, the newest first. */
export const factsAbout = (
  record: About,
  facts: readonly Fact[],
  most: number,
): readonly Fact[] => {
  const tells = TELLS[kindOf(record.id)] ?? names;
  const cause = record['cause'];
  const found: Fact[] = [];
  for (let index = facts.length - 1; index >= 0 && found.length < most; index -= 1) {
    const fact = facts[index] as Fact;
    if (
      fact.n === cause ||
      tells(fact, record) ||
      (tells !== names && fact.data['job'] === record.id)
    )
      found.push(fact);
  }
  return found;
};

/** What brought a machine into the state that it is in: its last move there. */
export const stateFact = (vm: string, state: string, facts: readonly Fact[]): Fact | undefined => {
  const moved = facts.findLast(fact => fact.kind === 'state' && isMove(fact) && fact.vm === vm);
  return moved?.data['to'] === state ? moved : undefined;
};

const isMove = ({ from, data }: Fact): boolean => from === 'vmms' && 'trigger' in data;

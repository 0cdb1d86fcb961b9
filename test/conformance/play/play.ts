import { must } from '../../../server/base/assert.ts';
import { virtualMachine } from '../../../server/powershell/objects/virtual-machine.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import type { Lab } from '../../fixture/lab.ts';
import { viewOf } from '../../fixture/shell.ts';
import { Unknown } from '../bind/static-value.ts';
import type { CorpusText } from '../corpus.ts';
import { type Case, judge, type Outcome } from './judge.ts';
import { prepare } from './prepare.ts';
import { readBlock, type Reading } from './reading.ts';
import { copyOf } from './records.ts';
import { wantedOf } from './wanted.ts';
import { WatchedShell } from './watched-shell.ts';

/** Runs the lines of a block in one session over a lab made for them. */
export const playBlock = (
  texts: readonly CorpusText[],
  { isInert }: { readonly isInert: boolean },
): readonly Outcome[] => {
  const readings = readBlock(texts.map(({ code }) => code));
  const wanted = wantedOf(readings);
  const lab = prepare(wanted);
  const shell = new WatchedShell(lab, isInert);
  furnish(shell, readings, lab);
  // Variables that no line could set, because what it needs is not simulated, and what was said of it.
  const lost = new Map<string, string>();
  return texts.map((text, index) => {
    const reading = must(readings[index], 'a reading for every line');
    const answer =
      ofPage(text, reading) ??
      // What the language does by itself is done without cmdlets, too.
      (isInert && reading.commands.length === 0
        ? { outcome: 'skipped' as const, why: 'there is no cmdlet in it' }
        : play({ text, reading, lab, shell, lost }));
    if (answer.outcome === 'skipped')
      for (const name of reading.sets) {
        lost.set(name, answer.why);
        shell.give(name, new Unknown());
      }
    return { text, ...answer };
  });
};

/** Variables that a block uses and no line of it sets: a machine where one is wanted, else anything. */
const furnish = (shell: WatchedShell, readings: readonly Reading[], lab: Lab): void => {
  const set = new Set<string>();
  for (const { sets, uses, indexed } of readings) {
    for (const name of uses)
      if (!set.has(name) && shell.variable(name) === undefined && !AUTOMATIC.test(name)) {
        const value = /vm$|machine$/.test(name) ? aMachine(lab) : new Unknown();
        shell.give(name, indexed.has(name) ? [value] : value);
      }
    for (const name of sets) set.add(name);
  }
};

/** Nobody but us gave it this value. */
const isFurnished = (value: Value | undefined): boolean =>
  value instanceof Unknown || (Array.isArray(value) && value[0] instanceof Unknown);

const AUTOMATIC = /^(_|psitem|args|input|this|true|false|null|matches|env:.*|using:.*)$/;

const aMachine = (lab: Lab): Value => {
  const [vm] = lab.all('vm');
  return vm === undefined ? new Unknown() : virtualMachine(vm, viewOf(lab));
};

type Answer = Pick<Outcome, 'outcome' | 'why'>;

/** What needs no run. */
const ofPage = (text: CorpusText, { mistake }: Reading): Answer | null => {
  if (mistake === null) return null;
  return text.parses
    ? { outcome: 'failed', why: mistake }
    : { outcome: 'skipped', why: `the page is in error: ${mistake}` };
};

interface Play {
  readonly text: CorpusText;
  readonly reading: Reading;
  readonly lab: Lab;
  readonly shell: WatchedShell;
  readonly lost: ReadonlyMap<string, string>;
}

const play = ({ text, reading, lab, shell, lost }: Play): Answer => {
  const start = copyOf(lab);
  const told = shell.run(text.code);
  const given = new Map(
    [...reading.sets]
      .map(name => [name, shell.variable(name)] as const)
      .filter(([, value]) => !isFurnished(value)),
  );
  const of: Case = { text, reading, told, before: start, after: copyOf(lab), given };
  const answer = judge(of);
  const missing = [...reading.uses].find(name => lost.has(name));
  return missing === undefined || answer.outcome === 'skipped'
    ? answer
    : {
        outcome: 'skipped',
        why: `$${missing} is of a line of which it is said: ${lost.get(missing)}`,
      };
};

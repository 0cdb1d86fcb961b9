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
  const lab = prepare(wantedOf(readings));
  const shell = new WatchedShell(lab, isInert);
  // Variables that no line could set, because what it needs is not simulated.
  const lost = new Set<string>();
  return texts.map((text, index) => {
    const reading = readings[index];
    if (reading === undefined) throw new Error('a reading for every line');
    const answer = before(text, reading, lost) ?? play({ text, reading, lab, shell });
    if (answer.outcome === 'skipped') for (const name of reading.sets) lost.add(name);
    return { text, ...answer };
  });
};

type Answer = Pick<Outcome, 'outcome' | 'why'>;

/** What needs no run. */
const before = (
  text: CorpusText,
  { mistake, uses }: Reading,
  lost: ReadonlySet<string>,
): Answer | null => {
  if (mistake !== null)
    return text.parses
      ? { outcome: 'failed', why: mistake }
      : { outcome: 'skipped', why: `the page is in error: ${mistake}` };
  const missing = [...uses].find(name => lost.has(name));
  if (missing !== undefined)
    return { outcome: 'skipped', why: `$${missing} is of a line that is not simulated` };
  return null;
};

interface Play {
  readonly text: CorpusText;
  readonly reading: Reading;
  readonly lab: ReturnType<typeof prepare>;
  readonly shell: WatchedShell;
}

const play = ({ text, reading, lab, shell }: Play): Answer => {
  const start = copyOf(lab);
  const told = shell.run(text.code);
  const given = new Map([...reading.sets].map(name => [name, shell.variable(name)]));
  const of: Case = { text, reading, told, before: start, after: copyOf(lab), given };
  return judge(of);
};

import { parse } from '../../server/powershell/syntax/parse.ts';
import type { CorpusText } from './corpus.ts';

/** How one text went; `reason` says why it failed, or is not counted. */
export interface Verdict {
  readonly text: CorpusText;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly reason: string;
}

/** A text must parse, unless its page is in error; then it must not. */
export const judge = (text: CorpusText): Verdict => {
  const parsed = parse(text.code);
  if (parsed.status === 'complete') {
    if (text.parses) return { text, outcome: 'passed', reason: '' };
    return { text, outcome: 'failed', reason: 'parses, and the page is said to be in error' };
  }
  const { id, message, start, end } = parsed.error;
  const near = text.code.slice(Math.max(0, start - 40), end + 20).replaceAll('\n', '\u21b5');
  const reason = `${parsed.status}, ${id}: ${message} Near: ${near}`;
  return { text, outcome: text.parses ? 'failed' : 'skipped', reason };
};

export interface ModuleTally {
  readonly module: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const tallies = (verdicts: readonly Pick<Verdict, 'text' | 'outcome'>[]): ModuleTally[] =>
  [...new Set(verdicts.map(({ text }) => text.module))].map(module => {
    const count = (outcome: Verdict['outcome']): number =>
      verdicts.filter(one => one.text.module === module && one.outcome === outcome).length;
    return { module, passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  });

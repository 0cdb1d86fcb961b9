import { type Era, manifestOf } from '../../../server/powershell/manifest/manifest.ts';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import type { Statement } from '../../../server/powershell/syntax/tree.ts';
import { childrenOf, type SyntaxNode } from '../../../server/powershell/syntax/walk.ts';
import { type Finding, StaticSession } from '../bind/static-session.ts';

// What a block says, read without running it: its commands, what they are given, and its variables.

/** One line of a block. */
export interface Reading {
  readonly code: string;
  /** Null when it parses. */
  readonly mistake: string | null;
  /** Bound as the lab's era has it, or as the newest where that era cannot. */
  readonly commands: readonly Finding[];
  /** What only later versions of Windows Server take; null when the era of the lab takes it. */
  readonly later: string | null;
  readonly sets: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
  /** Those of which an element is taken. */
  readonly indexed: ReadonlySet<string>;
}

const ERAS: readonly Era[] = ['2012', 'newest'];

export const readBlock = (lines: readonly string[]): readonly Reading[] => {
  const sessions = ERAS.map(era => new StaticSession(manifestOf(era)));
  return lines.map(code => readLine(code, sessions));
};

const readLine = (code: string, sessions: readonly StaticSession[]): Reading => {
  const parsed = parse(code);
  if (parsed.status !== 'complete') {
    const mistake = `does not parse: ${parsed.error.message}`;
    return { code, mistake, commands: [], later: null, ...variablesOf([]) };
  }
  const { statements } = parsed.script.body;
  const [old = [], newest = []] = sessions.map(session => bound(session, statements));
  const wrong = errorOf(old);
  const known = wrong === null || errorOf(newest) !== null ? old : newest;
  return {
    code,
    mistake: null,
    commands: known,
    later: known === newest ? wrong : null,
    ...variablesOf(statements),
  };
};

const bound = (session: StaticSession, statements: readonly Statement[]): readonly Finding[] => {
  const before = session.findings.length;
  for (const one of statements) session.statement(one);
  return session.findings.slice(before);
};

const errorOf = (findings: readonly Finding[]): string | null => {
  const wrong = findings.find(({ error }) => error !== null);
  return wrong === undefined ? null : `${wrong.command}: ${wrong.error}`;
};

/** Variables that are given a value, and all others that are looked at. */
const variablesOf = (
  statements: readonly Statement[],
): Pick<Reading, 'sets' | 'uses' | 'indexed'> => {
  const indexed = new Set<string>();
  const sets = new Set<string>();
  const uses = new Set<string>();
  const look = (node: SyntaxNode): void => {
    if (node.node === 'assignment' && node.target.node === 'variable') {
      sets.add(node.target.name.toLowerCase());
      look(node.value);
      return;
    }
    if (node.node === 'variable') uses.add(node.name.toLowerCase());
    if (node.node === 'index' && node.target.node === 'variable')
      indexed.add(node.target.name.toLowerCase());
    for (const child of childrenOf(node)) look(child);
  };
  for (const one of statements) look(one);
  return { sets, uses, indexed };
};

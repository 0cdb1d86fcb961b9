import { argument } from './argument.ts';
import { body, condition } from './body.ts';
import { endsWord, isDash, isLetter } from './characters.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Body, Expression, Statement, Switch } from './tree.ts';

const FLAGS = ['regex', 'wildcard', 'exact', 'casesensitive', 'parallel', 'file'] as const;

interface Flags {
  match: Switch['match'];
  caseSensitive: boolean;
  /** The statement that names the file of `-file`. */
  file: Statement | null;
}

const CONDITION = {
  open: 'PipelineValueRequired',
  condition: 'PipelineValueRequired',
  close: 'MissingEndParenthesisInSwitchStatement',
} as const;

export const switchStatement = (r: Reader, word: Extent, label: string | null): Switch => {
  const { start } = word;
  const { match, caseSensitive, file } = flagsOf(r);
  const over = file ?? condition(r, word, CONDITION).test;
  r.lines();
  if (r.peek() !== '{') r.missing('MissingCurlyBraceInSwitchStatement', after(r.pos));
  const open = r.take();
  const { cases, otherwise } = r.within(true, () => clauses(r, open));
  const end = r.close();
  const flags = { match, caseSensitive, file: file !== null };
  return { start, end, node: 'switch', label, ...flags, over, cases, otherwise };
};

const flagsOf = (r: Reader): Flags => {
  const flags: Flags = { match: 'exact', caseSensitive: false, file: null };
  for (r.lines(); isDash(r.peek()) && isLetter(r.peek(1)); r.lines()) {
    const start = r.pos;
    r.pos += 1;
    const typed = r.name();
    r.pos += typed.length;
    r.mark('parameter', start);
    const flag = FLAGS.find(name => name.startsWith(typed.toLowerCase()));
    if (flag === undefined) return r.fail('InvalidSwitchFlag', { start, end: r.pos }, typed);
    if (flag === 'regex' || flag === 'wildcard' || flag === 'exact') flags.match = flag;
    else if (flag === 'casesensitive') flags.caseSensitive = true;
    else if (flag === 'file') flags.file = fileName(r);
  }
  return flags;
};

const fileName = (r: Reader): Statement => {
  const behind = r.pos;
  r.lines();
  const expression = argument(r) ?? r.missing('MissingFilenameOption', after(behind));
  const { start, end } = expression;
  const stage = { start, end, node: 'expression-stage', expression, redirections: [] } as const;
  return { start, end, node: 'pipeline', stages: [stage] };
};

const clauses = (r: Reader, open: Extent): Pick<Switch, 'cases' | 'otherwise'> => {
  const cases: { readonly test: Expression; readonly body: Body }[] = [];
  let otherwise: Body | null = null;
  let behind = open.end;
  r.lines();
  do {
    const test = endsWord(r.peek()) && r.peek() !== '(' && r.peek() !== '{' ? null : argument(r);
    if (test === null) return r.missing('MissingSwitchConditionExpression', after(behind));
    const acted = body(r) ?? r.missing('MissingSwitchStatementClause', after(test.end));
    behind = acted.end;
    if (!isDefault(test)) cases.push({ test, body: acted });
    else if (otherwise !== null) r.fail('MultipleSwitchDefaultClauses', test);
    else otherwise = acted;
    r.separators();
    if (r.done) r.unclosed('MissingEndCurlyBrace', open);
  } while (r.peek() !== '}');
  return { cases, otherwise };
};

const isDefault = (test: Expression): boolean =>
  test.node === 'string' && test.bare && test.value.toLowerCase() === 'default';

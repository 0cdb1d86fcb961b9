import { endsWord, isNameStart } from './characters.ts';
import { doLoop, forEachLoop, forLoop, whileLoop } from './loop.ts';
import { ifStatement, trapStatement, tryStatement } from './branch.ts';
import { blockStatement, dataSection, functionDefinition } from './definition.ts';
import type { Extent } from './extent.ts';
import { keyOrLabel } from './hash.ts';
import { pipeline } from './pipeline.ts';
import type { Reader } from './reader.ts';
import { switchStatement } from './switch.ts';
import type { Flow, Statement } from './tree.ts';

/** Reads what follows a keyword; the keyword has been read. */
type Rule = (r: Reader, keyword: Extent, label: string | null) => Statement;

const LOOPS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['switch', switchStatement],
  ['foreach', forEachLoop],
  ['for', forLoop],
  ['while', whileLoop],
  ['do', doLoop],
]);

const flow =
  (node: 'return' | 'throw' | 'exit'): Rule =>
  (r, { start, end }): Flow => {
    const value = pipeline(r);
    return { start, end: value?.end ?? end, node, value, label: null };
  };

const leave =
  (node: 'break' | 'continue'): Rule =>
  (r, { start, end }): Flow => {
    r.blanks();
    const label = endsWord(r.peek()) ? null : keyOrLabel(r);
    return { start, end: label?.end ?? end, node, value: null, label };
  };

/** Kept for later by this version of the language, e.g. `class`. */
const reserved: Rule = (r, keyword) =>
  r.fail('ReservedKeywordNotAllowed', keyword, r.text.slice(keyword.start, keyword.end));

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...LOOPS,
  ['if', ifStatement],
  ['function', functionDefinition],
  ['filter', functionDefinition],
  ['workflow', functionDefinition],
  ['return', flow('return')],
  ['throw', flow('throw')],
  ['exit', flow('exit')],
  ['break', leave('break')],
  ['continue', leave('continue')],
  ['trap', trapStatement],
  ['try', tryStatement],
  ['data', dataSection],
  ['parallel', blockStatement],
  ['sequence', blockStatement],
  ['class', reserved],
  ['define', reserved],
  ['from', reserved],
  ['using', reserved],
  ['var', reserved],
]);

/** One statement; null where none begins. */
export const statement = (r: Reader): Statement | null =>
  r.nest(() => {
    r.blanks();
    return labelled(r) ?? keyworded(r, RULES, { start: r.pos, label: null }) ?? pipeline(r);
  });

/** Until a closing bracket or the end. */
export const statements = (r: Reader): Statement[] => {
  const found: Statement[] = [];
  for (;;) {
    const behind = r.pos;
    r.separators();
    // Close behind a statement none begins: what is typed at the end still belongs to the last one.
    const isLast = r.done && found.length > 0 && r.pos === behind;
    const next = isLast || r.peek() === ')' || r.peek() === '}' ? null : statement(r);
    if (next === null) return found;
    found.push(next);
  }
};

/** `:name` before a loop; anywhere else it is a command's name. */
const labelled = (r: Reader): Statement | null => {
  if (r.peek() !== ':' || !isNameStart(r.peek(1))) return null;
  const start = r.pos;
  r.pos += 1;
  const label = r.name();
  r.pos += label.length;
  if (endsWord(r.peek())) {
    r.lines();
    const loop = keyworded(r, LOOPS, { start, label });
    if (loop !== null) return loop;
  }
  r.pos = start;
  return null;
};

const keyworded = (
  r: Reader,
  rules: ReadonlyMap<string, Rule>,
  { start, label }: { readonly start: number; readonly label: string | null },
): Statement | null => {
  const name = r.name();
  const rule = rules.get(name.toLowerCase());
  // `foreach-object` and `if.exe` are names.
  if (rule === undefined || !endsWord(r.peek(name.length))) return null;
  const keyword = r.take(name.length);
  r.mark('keyword', keyword.start);
  // While its last letter is being typed it may become the name of a command.
  r.expect({ kind: 'command', start: keyword.start, frame: r.frame });
  const found = rule(r, keyword, label);
  return label === null ? found : { ...found, start };
};

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';
import { parse } from './parse.ts';
import { sketch } from './sketch.fixture.ts';
import { scribble, statement } from './text.fixture.ts';
import type { Parsed, Script } from './tree.ts';
import { childrenOf, type SyntaxNode } from './walk.ts';

const RUNS = { numRuns: 300 } as const;

const must = (parsed: Parsed): Script => {
  if (parsed.status !== 'complete') throw new Error(`${parsed.status}: ${parsed.error.message}`);
  return parsed.script;
};

test('whatever the grammar writes is complete', () => {
  fc.assert(
    fc.property(statement, text => {
      expect(parse(text)).toMatchObject({ status: 'complete' });
    }),
    RUNS,
  );
});

test('nothing makes the parser throw, or fall for ever', () => {
  fc.assert(
    fc.property(scribble, text => {
      const parsed = parse(text);

      if (parsed.status === 'complete') return;
      expect(parsed.error.start).toBeGreaterThanOrEqual(0);
      expect(parsed.error.end).toBeGreaterThanOrEqual(parsed.error.start);
      expect(parsed.error.end).toBeLessThanOrEqual(text.length + 1);
    }),
    { ...RUNS, numRuns: 2_000 },
  );
});

test('every beginning of a right line is one of the three', () => {
  fc.assert(
    fc.property(statement, fc.nat(), (text, cut) => {
      const begun = text.slice(0, cut % (text.length + 1));

      expect(['complete', 'incomplete', 'error']).toContain(parse(begun).status);
    }),
    RUNS,
  );
});

const problemsIn = (node: SyntaxNode): string[] => {
  const problems: string[] = [];
  let last = node.start;
  for (const child of childrenOf(node)) {
    if (child.start < last) problems.push(`${child.node} in ${node.node} begins too early`);
    if (child.end < child.start) problems.push(`${child.node} ends before it begins`);
    if (child.end > node.end) problems.push(`${child.node} ends behind its ${node.node}`);
    last = child.end;
    problems.push(...problemsIn(child));
  }
  return problems;
};

test('extents lie within each other and in order', () => {
  fc.assert(
    fc.property(fc.oneof(statement, scribble), text => {
      const parsed = parse(text);
      fc.pre(parsed.status === 'complete');

      expect(problemsIn(must(parsed))).toEqual([]);
    }),
    RUNS,
  );
});

test('a statement\u2019s own text is that statement', () => {
  fc.assert(
    fc.property(statement, text => {
      const parsed = parse(text);
      fc.pre(parsed.status === 'complete');

      const parts = must(parsed).body.statements.map(({ start, end }) => text.slice(start, end));

      expect(parts.map(sketch).join('; ')).toBe(sketch(text));
    }),
    RUNS,
  );
});

test('what stands between the statements is nothing but blanks, comments and separators', () => {
  fc.assert(
    fc.property(statement, text => {
      const parsed = parse(text);
      fc.pre(parsed.status === 'complete');

      let rest = text;
      for (const { start, end } of must(parsed).body.statements.toReversed())
        rest = rest.slice(0, start) + rest.slice(end);

      expect(rest).toMatch(/^(\s|;|#.*|<#.*?#>)*$/);
    }),
    RUNS,
  );
});

test.each(['(', '{', '"$(', '1+', 'a|', '-a:1 ', '{[', '[a({', '<##>', '"$x: ', ') ', '${', '`\n'])(
  'a long row of %j takes its length of time, parsed and coloured',
  piece => {
    const text = piece.repeat(40_000 / piece.length);

    const began = process.cpuUsage();
    parse(text);
    highlight(text);

    // Of processor time, which others on the machine do not use up; a quadratic rule takes minutes.
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(5_000);
  },
);

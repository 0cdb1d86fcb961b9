import { expect, test } from 'vitest';
import { parse } from './parse.ts';

test.each<readonly [text: string, id: string]>([
  ['if (', 'IfStatementMissingCondition'],
  ['if ($a)', 'MissingStatementBlock'],
  ['if ($a) {', 'MissingEndCurlyBrace'],
  ['if ($a) { } else', 'MissingStatementBlockAfterElse'],
  ['while ($a', 'MissingEndParenthesisAfterStatement'],
  ['foreach ($a in', 'MissingForeachExpression'],
  ['function f', 'MissingFunctionBody'],
  ['function f(', 'MissingEndParenthesisInFunctionParameterList'],
  ['try { a }', 'MissingCatchOrFinally'],
  ['switch ($a) {', 'MissingSwitchConditionExpression'],
  ['do { a }', 'MissingWhileOrUntilInDoWhile'],
  ['Get-VM |', 'EmptyPipeElement'],
  ['Get-VM | # all of them\n', 'EmptyPipeElement'],
  ['Get-VM a,', 'MissingExpression'],
  ['Get-VM `', 'IncompleteString'],
  ['"a', 'TerminatorExpectedAtEndOfString'],
  ["'a", 'TerminatorExpectedAtEndOfString'],
  ['"$(', 'MissingEndParenthesisInSubexpression'],
  ['${a', 'IncompleteDollarVariableReference'],
  ['<# a', 'MissingTerminatorMultiLineComment'],
  ['$a =', 'ExpectedValueExpression'],
  ['1 +', 'ExpectedValueExpression'],
  ['1,', 'MissingExpressionAfterToken'],
  ['-not', 'MissingExpressionAfterOperator'],
  ['(', 'ExpectedExpression'],
  ['(1', 'MissingEndParenthesisInExpression'],
  ['@(1', 'MissingEndParenthesisInSubexpression'],
  ['@{ a = 1', 'MissingEndCurlyBrace'],
  ['@{ a =', 'MissingStatementInHashLiteral'],
  ['$a[', 'MissingArrayIndexExpression'],
  ['$a[1', 'MissingEndSquareBracket'],
  ['$a.b(1', 'MissingEndParenthesisInMethodCall'],
  ['$a.b(1,', 'MissingExpressionAfterToken'],
  ['{ param(', 'MissingEndParenthesisInFunctionParameterList'],
])('[PS119] what only ends too early may go on: %s', (text, id) => {
  const parsed = parse(text);

  expect(parsed).toMatchObject({ status: 'incomplete', error: { id } });
});

test.each<readonly [text: string, id: string, place: string, message: string]>([
  [
    'if () {}',
    'IfStatementMissingCondition',
    '4-4',
    "Missing condition in if statement after 'if ('.",
  ],
  ['1 2', 'UnexpectedToken', '2-3', "Unexpected token '2' in expression or statement."],
  ['$a "b c"', 'UnexpectedToken', '3-8', 'Unexpected token \'"b c"\' in expression or statement.'],
  ['a }', 'UnexpectedToken', '2-3', "Unexpected token '}' in expression or statement."],
  ['a | | b', 'EmptyPipeElement', '3-3', 'An empty pipe element is not allowed.'],
  [
    'a | 1',
    'ExpressionsMustBeFirstInPipeline',
    '4-5',
    'Expressions are only allowed as the first element of a pipeline.',
  ],
  ['a ,b', 'MissingArgument', '2-3', 'Missing argument in parameter list.'],
  ['a -b:', 'ParameterRequiresArgument', '5-5', 'Parameter -b: requires an argument.'],
  [
    '@{ a }',
    'MissingEqualsInHashLiteral',
    '4-4',
    "Missing '=' operator after key in hash literal.",
  ],
  [
    'if (1) { ) }',
    'MissingEndCurlyBrace',
    '7-8',
    "Missing closing '}' in statement block or type definition.",
  ],
  [
    '[int',
    'EndSquareBracketExpectedAtEndOfAttribute',
    '4-4',
    'Missing ] at end of attribute or type literal.',
  ],
  [
    '$a = @b',
    'SplattingNotPermitted',
    '5-7',
    "The splatting operator '@' cannot be used to reference variables in an expression. '@b' can be used only as an argument to a command. To reference variables in an expression use '$b'.",
  ],
  [
    'try {} catch {} catch {}',
    'EmptyCatchNotLast',
    '13-15',
    'Catch block must be the last catch block.',
  ],
  [
    'switch -foo (1) {}',
    'InvalidSwitchFlag',
    '7-11',
    'The parameter foo is not valid for the switch statement.',
  ],
  ['&', 'MissingExpression', '0-1', "Missing expression after '&' in pipeline element."],
  [
    'begin { } begin { }',
    'DuplicateScriptCommandClause',
    '10-19',
    "Script command clause 'begin' has already been defined.",
  ],
])('[PS120] an error has its sentence, its id and its place: %s', (text, id, place, message) => {
  const parsed = parse(text);

  expect(parsed).toMatchObject({ status: 'error', error: { id, message } });
  if (parsed.status === 'complete') return;
  expect(`${parsed.error.start}-${parsed.error.end}`).toBe(place);
});

test.each<readonly [what: string, text: string]>([
  ['brackets', '('.repeat(5_000)],
  ['blocks', '{'.repeat(5_000)],
  ['strings', '"$('.repeat(5_000)],
  ['casts', `${'[int]'.repeat(5_000)}1`],
  ['negations', `${'!'.repeat(5_000)}1`],
  ['sums', `1${'+1'.repeat(5_000)}`],
  ['members', `$a${'.b'.repeat(5_000)}`],
  ['types', '[a['.repeat(5_000)],
  ['length', ' '.repeat(300_000)],
])('[PS121] too many %s are too complex', (_what, text) => {
  const parsed = parse(text);

  expect(parsed).toMatchObject({ status: 'error', error: { id: 'ScriptTooComplicated' } });
});

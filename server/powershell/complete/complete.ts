import { highlight } from '../syntax/highlight.ts';
import type { CommandFrame } from '../syntax/expectation.ts';
import { DASHED_OPERATORS } from '../syntax/operator.ts';
import { Wildcard } from '../value/wildcard.ts';
import { type CompletionContext, completionContext } from './context.ts';
import { ownersOf, parameterNamed, placesLeft } from './owner.ts';
import type { Completion, Match, NamedCandidate, ParameterCandidate, Sources } from './port.ts';
import { quoted } from './quote.ts';
import { inputTypeOf, typeOf } from './type-of.ts';

/** A menu longer than this helps nobody. */
const MOST = 500;

/** What Tab offers at the cursor, in the order in which it offers it. */
export const complete = (text: string, cursor: number, sources: Sources): Completion => {
  const context = completionContext(text, cursor);
  const { start, end } = context;
  return { start, end, matches: matchesOf(text, context, sources).slice(0, MOST) };
};

const matchesOf = (text: string, context: CompletionContext, sources: Sources): Match[] => {
  switch (context.kind) {
    case 'none':
    case 'path':
      return [];
    case 'command':
      return named(sources.commands(), context.word).map(one => matchOf(one, one.name));
    case 'type':
      return named(sources.types(), context.word).map(one => matchOf(one, one.name));
    case 'operator':
      return operatorMatches(context.word);
    case 'parameter':
      return parameterMatches(context, sources);
    case 'value':
      return valueMatches(context, sources);
    case 'variable':
      return variableMatches(text, context, sources);
    case 'member':
      return memberMatches(context, sources);
  }
};

const matchOf = ({ name, tooltip }: NamedCandidate, text: string): Match => ({
  text,
  list: name,
  tooltip,
});

/** What begins so, without regard to case; wildcards may stand in what was typed. */
const beginning = (word: string): ((name: string) => boolean) => {
  if (Wildcard.isPattern(word)) {
    const pattern = new Wildcard(`${word}*`);
    return name => pattern.matches(name);
  }
  const low = word.toLowerCase();
  return name => name.toLowerCase().startsWith(low);
};

const named = <T extends { readonly name: string }>(all: Iterable<T>, word: string): T[] => {
  const begins = beginning(word);
  return [...all].filter(({ name }) => begins(name)).toSorted(byName);
};

const byName = (one: { readonly name: string }, other: { readonly name: string }): number => {
  const [a, b] = [one.name.toLowerCase(), other.name.toLowerCase()];
  return a < b ? -1 : Number(a > b);
};

const operatorMatches = (word: string): Match[] => {
  const begins = beginning(`-${word}`);
  return DASHED_OPERATORS.filter(begins).map(text => ({ text, list: text, tooltip: text }));
};

/** Null when the command is not a plain name. */
const commandOf = ({ name }: CommandFrame): string | null =>
  name.node === 'string' ? name.value : null;

const parametersOf = (frame: CommandFrame, sources: Sources): readonly ParameterCandidate[] => {
  const command = commandOf(frame);
  return command === null ? [] : sources.parameters(command);
};

const parameterMatches = (
  { frame, word, start }: Extract<CompletionContext, { kind: 'parameter' }>,
  sources: Sources,
): Match[] => {
  const parameters = parametersOf(frame, sources);
  // The name that is being typed is an element already, and uses nothing up.
  const elements = frame.elements.filter(element => element.start !== start);
  const { given } = ownersOf({ ...frame, elements }, parameters);
  const begins = beginning(word);
  return parameters
    .filter(({ name }) => begins(name) && !given.has(name.toLowerCase()))
    .map(({ name, type }) => ({ text: `-${name}`, list: name, tooltip: `[${type}] ${name}` }));
};

type ValueContext = Extract<CompletionContext, { kind: 'value' }>;

const valueMatches = (context: ValueContext, sources: Sources): Match[] => {
  const { frame, word, quote, start } = context;
  const command = commandOf(frame);
  if (command === null) return [];
  // The list that is being typed, if it is one, is not given yet.
  const elements = frame.elements.filter(element => element.end < start);
  const parameters = sources.parameters(command);
  const owner = ownerOf(context, { ...frame, elements }, parameters);
  if (owner === null) return [];
  const given = new Map(ownersOf({ ...frame, elements }, parameters).given);
  given.delete(owner.name.toLowerCase());
  const inputType = frame.stage > 0 ? inputTypeOf(frame, sources) : null;
  const asked = { command, parameter: owner.name, word, given, inputType };
  const begins = beginning(word);
  return [...sources.values(asked)]
    .filter(({ text }) => begins(text))
    .map(({ text, tooltip, isExpression }) => ({
      text: isExpression === true ? text : quoted(text, quote),
      list: text,
      tooltip,
    }));
};

/** Whose value is being typed. */
const ownerOf = (
  { parameter }: ValueContext,
  frame: CommandFrame,
  parameters: readonly ParameterCandidate[],
): ParameterCandidate | null => {
  if (parameter !== null) return parameterNamed(parameters, parameter);
  const { waiting, given } = ownersOf(frame, parameters);
  return waiting ?? placesLeft(parameters, given)[0] ?? null;
};

const variableMatches = (
  text: string,
  { word, sigil, braced, start }: Extract<CompletionContext, { kind: 'variable' }>,
  sources: Sources,
): Match[] => {
  const known = new Map<string, NamedCandidate>();
  for (const one of sources.variables()) known.set(one.name.toLowerCase(), one);
  // What the text itself names may have a value by the time it is run.
  for (const mark of highlight(text)) {
    if (mark.kind !== 'variable' || mark.start === start) continue;
    const name = text.slice(mark.start + 1, mark.end).replace(/^\{|\}$/g, '');
    if (!known.has(name.toLowerCase())) known.set(name.toLowerCase(), { name, tooltip: name });
  }
  return named(known.values(), word).map(one => {
    const isPlain = /^[\p{L}\p{Nd}_:?]+$/u.test(one.name);
    const plain = isPlain && !braced ? one.name : `{${one.name}}`;
    return matchOf(one, `${sigil}${plain}`);
  });
};

const memberMatches = (
  { target, frame, word, static: isStatic }: Extract<CompletionContext, { kind: 'member' }>,
  sources: Sources,
): Match[] => {
  const type = typeOf(target, frame, sources);
  if (type === null) return [];
  return named(sources.members(type, isStatic), word).map(({ name, kind, tooltip }) => ({
    text: kind === 'method' ? `${name}(` : name,
    list: name,
    tooltip,
  }));
};

import { SIM_ORDER } from './layers.ts';
import type { Source } from './source.ts';

// A rule of behaviour is a line of a SPEC.md, `- **VM4** Sentence. Source.`, and a test whose name
// carries its id. Neither may be without the other.

export interface Rule {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

const RULE = /^- \*\*([A-Z]{2,4}\d+)\*\* (.+)$/;

export const rulesOf = ({ path, text }: Source): Rule[] =>
  text.split('\n').flatMap(line => {
    const [, id, sentence] = RULE.exec(line) ?? [];
    return id === undefined || sentence === undefined ? [] : [{ id, path, text: sentence }];
  });

/** The ids that the names of tests carry: `[VM4] …`, or `[VM4] [VM5] …`. */
export const idsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/['"`]((?:\[[A-Z]{2,4}\d+\] ?)+)/g)].flatMap(([, ids = '']) =>
    [...ids.matchAll(/[A-Z]{2,4}\d+/g)].map(([id]) => id),
  );

export const specViolations = (specs: readonly Source[], tests: readonly Source[]): string[] => {
  const rules = specs.flatMap(rulesOf);
  const known = new Set(rules.map(rule => rule.id));
  const tested = new Set(tests.flatMap(idsOf));
  return [
    ...specs.flatMap(malformed),
    ...rules
      .filter(({ id }, index) => rules.findIndex(rule => rule.id === id) !== index)
      .map(({ id, path }) => `${path}: ${id} is another rule's id already`),
    ...rules
      .filter(({ id }) => !tested.has(id))
      .map(({ id, path }) => `${path}: no test is named [${id}]`),
    ...tests.flatMap(test =>
      idsOf(test)
        .filter(id => !known.has(id))
        .map(id => `${test.path}: [${id}] is no rule of any SPEC.md`),
    ),
  ];
};

const malformed = ({ path, text }: Source): string[] =>
  text.split('\n').flatMap((line, index) => {
    if (!line.startsWith('- **')) return [];
    const sentence = RULE.exec(line)?.[2] ?? '';
    // A sentence and where it comes from, or the word "chosen".
    return /\S.*[.?!:;] .*\S\.?$/.test(sentence)
      ? []
      : [`${path}:${index + 1} is not "- **XX1** Sentence. Source."`];
  });

/** Components of the simulation that have behaviour and no SPEC.md. */
export const unspecified = (paths: readonly string[]): string[] =>
  SIM_ORDER.filter(folder => folder !== 'engine').filter(folder => {
    const own = paths.filter(path => path.startsWith(`server/sim/${folder}/`));
    return own.some(path => path.endsWith('.ts')) && !own.some(path => path.endsWith('SPEC.md'));
  });

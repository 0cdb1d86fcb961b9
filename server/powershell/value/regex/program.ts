import type { Assertion, CharSet, RegexNode } from './node.ts';
import { BadPattern } from './parse-pattern.ts';

/** One step of the machine: take a unit, look around, go two ways, remember a place, or done. */
export type Instruction =
  | { readonly op: 'set'; readonly set: CharSet }
  | { readonly op: 'assert'; readonly assert: Assertion }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' };

/** Counted repetition is written out; a pattern may not become longer than this. */
const MOST_INSTRUCTIONS = 5000;

export const compile = (root: RegexNode): readonly Instruction[] => {
  const program: Instruction[] = [];
  emit({ kind: 'group', index: 0, body: root }, program);
  program.push({ op: 'match' });
  return program;
};

const emit = (node: RegexNode, program: Instruction[]): void => {
  if (program.length > MOST_INSTRUCTIONS)
    throw new BadPattern('The pattern is too large for this console.');
  switch (node.kind) {
    case 'empty':
      return;
    case 'set':
      program.push({ op: 'set', set: node.set });
      return;
    case 'assert':
      program.push({ op: 'assert', assert: node.assert });
      return;
    case 'group':
      program.push({ op: 'save', slot: node.index * 2 });
      emit(node.body, program);
      program.push({ op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'sequence':
      for (const item of node.items) emit(item, program);
      return;
    case 'choice':
      emitChoice(node.options, program);
      return;
    case 'repeat':
      emitRepeat(node, program);
  }
};

const emitChoice = (options: readonly RegexNode[], program: Instruction[]): void => {
  const exits: { to: number }[] = [];
  for (const [index, option] of options.entries()) {
    if (index === options.length - 1) {
      emit(option, program);
    } else {
      const split = { op: 'split' as const, first: program.length + 1, second: 0 };
      program.push(split);
      emit(option, program);
      const exit = { op: 'jump' as const, to: 0 };
      program.push(exit);
      exits.push(exit);
      split.second = program.length;
    }
  }
  for (const exit of exits) exit.to = program.length;
};

type Repeat = Extract<RegexNode, { kind: 'repeat' }>;

const emitRepeat = ({ body, least, most, lazy }: Repeat, program: Instruction[]): void => {
  for (let i = 0; i < least; i += 1) emit(body, program);
  if (most === Infinity) {
    const split = { op: 'split' as const, first: 0, second: 0 };
    const at = program.push(split) - 1;
    emit(body, program);
    program.push({ op: 'jump', to: at });
    aim(split, [at + 1, program.length], lazy);
    return;
  }
  const splits: { first: number; second: number; at: number }[] = [];
  for (let i = least; i < most; i += 1) {
    const split = { op: 'split' as const, first: 0, second: 0, at: program.length };
    program.push(split);
    splits.push(split);
    emit(body, program);
  }
  for (const split of splits) aim(split, [split.at + 1, program.length], lazy);
};

const aim = (
  split: { first: number; second: number },
  [into, past]: readonly [number, number],
  lazy: boolean,
): void => {
  split.first = lazy ? past : into;
  split.second = lazy ? into : past;
};

import type { JournaledInput } from '../lab/port.ts';

/** Later than everything. */
const END = '9223372036854775807';

/**
 * A branch and its ancestors: how much of each belongs to the history of `branch`, an SQL expression.
 * An ancestor's turn that a child went on from is the last that they share; what the ancestor did
 * later in that turn's stretch of time (a mark, a keyframe) is its own, so those ask `turn < turns`.
 * `child` is the branch that went on from it, by which one tells what came first.
 */
export const lineOf = (branch: string): string => `
  recursive line (branch, turns, inputs, child) as (
    select id, ${END}, ${END}, ${END} from branch where id = ${branch}
    union all
    select b.parent, least(l.turns, b.parent_turn), least(l.inputs, b.parent_seq), b.id
    from line l join branch b on b.id = l.branch where b.parent is not null
  )`;

/** The columns of an input as {@link JournaledInput} has them. */
export const INPUT_COLUMNS = (
  [
    'seq',
    'at',
    'turn',
    'command',
    'person',
    'op',
    'args',
    'result',
    'hash',
    'poisoned',
  ] as const satisfies readonly (keyof JournaledInput)[]
)
  .map(column => `i.${column}`)
  .concat(`(extract(epoch from i.received_at) * 1000)::int8 as "receivedAt"`)
  .join(', ');

export const INPUTS_OF_LINE = `
  select ${INPUT_COLUMNS} from line l join input i on i.branch = l.branch and i.seq <= l.inputs`;

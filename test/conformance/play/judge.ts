import { CMDLETS } from '../../../server/powershell/cmdlets/index.ts';
import type { ErrorRecord } from '../../../server/powershell/engine/error-record.ts';
import { catalogOf } from '../../../server/powershell/manifest/catalog.ts';
import { Hashtable } from '../../../server/powershell/value/hashtable.ts';
import { typeNames } from '../../../server/powershell/value/type-names.ts';
import { itemsOf, textOf } from '../../../server/powershell/value/text.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import type { CorpusText } from '../corpus.ts';
import { columnsOf, missingFrom } from './columns.ts';
import type { Expected } from './effect.ts';
import { EFFECTS } from './effects.ts';
import type { Reading } from './reading.ts';
import { changesBetween, guestChanges, type Records } from './records.ts';
import type { Ran, Told } from './watched-shell.ts';

export interface Outcome {
  readonly text: CorpusText;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it did not pass; of a pass, its evidence. */
  readonly why: string;
}

/** Everything that is known of one line after it ran. */
export interface Case {
  readonly text: CorpusText;
  readonly reading: Reading;
  readonly told: Told;
  readonly before: Records;
  readonly after: Records;
  /** What the line gave to its variables. */
  readonly given: ReadonlyMap<string, Value | undefined>;
}

type Answer = Pick<Outcome, 'outcome' | 'why'>;

const failed = (why: string): Answer => ({ outcome: 'failed', why });
const skipped = (why: string): Answer => ({ outcome: 'skipped', why });

export const judge = (of: Case): Answer =>
  ofErrors(of) ?? ofBinding(of) ?? ofEffects(of) ?? ofOutput(of) ?? evidence(of);

/** The sentence that a cmdlet or parameter answers with when it is known and not simulated. */
const isHonest = ({ message }: ErrorRecord): boolean => /not simulated/.test(message);

const BINDING =
  /^(NamedParameterNotFound|PositionalParameterNotFound|AmbiguousParameter|MissingArgument|CannotConvertArgument|MissingMandatoryParameter|CommandNotFound|ParameterArgument|InputObject)/;

const ofErrors = ({ text, reading, told }: Case): Answer | null => {
  const [first] = told.errors;
  if (first === undefined) return null;
  const honest = told.errors.find(isHonest);
  if (honest !== undefined) return skipped(honest.message);
  if (!BINDING.test(first.id)) return failed(`${first.id}: ${first.message}`);
  // The page's own command is wrong, or a later one, and was refused in PowerShell's words.
  const known = reading.commands.flatMap(({ command }) => refusalIn(command) ?? []);
  if (text.binding !== 'ok')
    return skipped(
      [...known, `the page is in error (${text.binding}): ${first.message}`].join(' '),
    );
  if (reading.later !== null)
    return skipped([...known, `takes a later version: ${first.message}`].join(' '));
  return failed(`${first.id}: ${first.message}`);
};

const CATALOG = catalogOf('2012', CMDLETS);

/** What a cmdlet says that is not simulated, however it is called. */
const refusalIn = (command: string): string | null => {
  const entry = CATALOG.find(command);
  return entry?.cmdlet === null ? entry.refusal : null;
};

/** Each command of the line ran, bound to the set that its page documents. */
const ofBinding = ({ reading, told }: Case): Answer | null => {
  for (const { command, set } of reading.commands) {
    if (set === null) continue;
    const same = told.ran.filter(ran => ran.command === command);
    if (same.length === 0) return failed(`${command} did not run`);
    if (!same.some(ran => ran.set === set))
      return failed(`${command} was bound to ${same[0]?.set}, not to ${set}`);
  }
  return null;
};

const ofEffects = ({ told, before, after }: Case): Answer | null => {
  if (told.printed.startsWith('What if:')) {
    const [change] = changesBetween(before, after);
    return change === undefined ? null : failed(`what if: ${change}`);
  }
  // What a line does to a thing twice is read back as the second left it.
  const last = new Map<string, { readonly command: string; readonly expected: Expected }>();
  for (const ran of told.ran) {
    const effect = EFFECTS.get(ran.command);
    if (effect === undefined) continue;
    const all = effect({ ran, before, after });
    if (all.length === 0) return failed(`${ran.command} found nothing to work on`);
    for (const [index, expected] of all.entries()) {
      const same = all.slice(0, index).filter(({ what }) => what === expected.what).length;
      last.set(`${expected.what} ${same}`, { command: ran.command, expected });
    }
  }
  for (const { command, expected } of last.values())
    if (!isSame(expected.wanted, expected.is))
      return failed(
        `${command}: ${expected.what} is ${JSON.stringify(expected.is)}, not ${JSON.stringify(expected.wanted)}`,
      );
  const changing = told.ran.filter(({ command }) => EFFECTS.has(command));
  if (changing.length === 0 || changesBetween(before, after).length > 0) return null;
  // One command after another may leave everything as it was.
  const mayStay = changing.length > 1 || changing.every(({ command }) => AGAIN.has(command));
  if (mayStay && told.done.length > 0) return null;
  // A reset leaves the machine as it was: what moved is its guest.
  return guestChanges(before, after).length > 0 ? null : failed('no record changed');
};

/** What may be done where it is so already; that the lab did it is the evidence beside what is so. */
const AGAIN = new Set(['Set-VHD']);

const isSame = (wanted: unknown, is: unknown): boolean =>
  typeof wanted === 'string' && typeof is === 'string'
    ? wanted.toLowerCase() === is.toLowerCase()
    : wanted === is;

const ofOutput = ({ text, told }: Case): Answer | null => {
  if (text.outputShown === null) return null;
  const missing = missingFrom(text.outputShown, told.printed);
  return missing.length === 0 ? null : failed(`the page shows ${missing.join(', ')}`);
};

const READS = /^(Get|Measure|Test|Compare|Select|Where|Sort|Group|ConvertTo|ForEach|Invoke)-/;

const ASKS = /^(Get|Measure|Test|Compare)-/;

const evidence = ({ told, before, after, given }: Case): Answer => {
  const changes = changesBetween(before, after);
  const last = told.ran.findLast(({ command }) => READS.test(command));
  const written = told.ran.findLast(ran => ran.written.length > 0);
  const told1 = [
    ...(told.ran.some(({ command }) => EFFECTS.has(command))
      ? [...changes, ...guestChanges(before, after), ...(changes.length > 0 ? [] : told.done)]
      : []),
    ...[...given].flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [`$${name} = ${describe(value)}`],
    ),
    ...(written === undefined ? [] : [`${written.command} wrote ${described(written)}`]),
    ...columnsEvidence(told.printed),
  ];
  const empty = [...given].find(([, value]) => value === undefined || value === null);
  if (empty !== undefined) return failed(`$${empty[0]} holds nothing`);
  const isDone = given.size > 0 || changes.length > 0;
  if (last !== undefined && last.written.length === 0 && !isDone && told.printed === '')
    return failed(`${last.command} wrote nothing`);
  // What the language makes of nothing is no evidence.
  const asked = told.ran.filter(({ command }) => ASKS.test(command));
  if (!isDone && asked.length > 0 && asked.every(one => one.written.length === 0))
    return failed(`${asked[0]?.command} wrote nothing`);
  const nameless = missingNames(told.ran);
  if (nameless !== null) return failed(nameless);
  return told1.length === 0
    ? failed('no effect and no output')
    : { outcome: 'passed', why: told1.slice(0, 6).join('; ') };
};

/** A reader that was asked for something by name wrote that. */
const missingNames = (ran: readonly Ran[]): string | null => {
  for (const { command, values, names } of ran) {
    // Settings of a part have no names of their own.
    if (!command.startsWith('Get-VM') || names.size === 0) continue;
    for (const parameter of ['VMName', 'Name'])
      for (const name of itemsOf(values.get(parameter) ?? null) ?? []) {
        if (typeof name !== 'string' || /[*?[]/.test(name)) continue;
        if (!names.has(name.toLowerCase())) return `${command} wrote nothing of ${name}`;
      }
  }
  return null;
};

const described = ({ written }: Ran): string => describe(written);

const describe = (value: Value): string => {
  const items = itemsOf(value) ?? [value];
  const [first = null] = items;
  const type = typeNames(first)[0]?.replace(/^.*\./, '') ?? 'nothing';
  const shown =
    typeof first === 'number' || typeof first === 'string'
      ? ` (${first})`
      : first instanceof Hashtable
        ? ` (${[...first.entries()].map(({ key, value: one }) => `${textOf(key)} = ${textOf(one)}`).join('; ')})`
        : '';
  return `${items.length} ${type}${shown}`;
};

const columnsEvidence = (printed: string): readonly string[] => {
  const columns = columnsOf(printed);
  if (columns.length > 0) return [`columns ${columns.join(' ')}`];
  const [line] = printed.split('\n').filter(one => one.trim() !== '');
  return line === undefined ? [] : [`printed "${line.trim().slice(0, 80)}"`];
};

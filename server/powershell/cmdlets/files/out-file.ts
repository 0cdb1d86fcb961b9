import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { papers } from '../core/out-sinks.ts';
import { perCall } from '../core/per-call.ts';
import { encodingOf, filesOf, Gathered, save, targetOf, type Writing } from './access.ts';
import { fileExists } from './faults.ts';
import type { Place } from './place.ts';

const gathered = perCall(() => new Gathered());

interface Keeping extends Writing {
  readonly path: string;
  /** The text as the file is to have it. */
  readonly as?: (text: string) => string;
}

const asIs = (text: string): string => text;

/** Lines as Windows ends them. */
export const inLines = (text: string): string => text.replaceAll('\n', '\r\n');

/** Writes what a command gathered to the file it names; -NoClobber keeps what is there. */
export function* keep(call: Call, kept: Gathered, how: Keeping): Steps<void> {
  if (kept.isTooMuch) return;
  const { shell } = call;
  const place = yield* targetOf(call, how.path);
  if (place === null || (yield* isKept(call, place))) return;
  if (yield* shell.should(place.path, 'Output to File'))
    yield* save(call, place, (how.as ?? asIs)(kept.text), how);
}

function* isKept(call: Call, place: Place): Steps<boolean> {
  if (!call.bound.flag('NoClobber') || call.bound.flag('Append')) return false;
  const files = yield* filesOf(call, place.host);
  if (files.at(place.path) === undefined) return false;
  yield* call.shell.error(fileExists(call, place.path));
  return true;
}

export const outFile: Cmdlet = {
  name: 'Out-File',
  synopsis: 'Writes what the console would print to a file.',
  examples: [{ line: 'Get-VM | Out-File C:\\Lists\\machines.txt', about: 'The table as text.' }],
  *process(call) {
    const { formatting, pages } = papers(call);
    yield* formatting.put(call.bound.value('InputObject') ?? null);
    gathered(call).add(call, pages.text);
    pages.text = '';
  },
  *end(call) {
    const { bound } = call;
    const { formatting, pages } = papers(call);
    yield* formatting.end();
    gathered(call).add(call, pages.text);
    yield* keep(call, gathered(call), {
      as: inLines,
      path: bound.text('LiteralPath') ?? bound.text('FilePath') ?? '',
      append: bound.flag('Append'),
      encoding: encodingOf(call, 'Unicode'),
    });
  },
};

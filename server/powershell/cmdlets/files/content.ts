import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { itemsOf, textOf } from '../../value/text.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { perCall } from '../core/per-call.ts';
import {
  encodingOf,
  entriesOf,
  filesOf,
  Gathered,
  linesOf,
  pathsOf,
  save,
  targetOf,
} from './access.ts';
import { denied, noText, pathNotFound } from './faults.ts';
import type { Entry } from './files.ts';
import type { Place } from './place.ts';

const READ =
  'Path LiteralPath Raw TotalCount Tail ReadCount Encoding Force Filter Include Exclude'.split(' ');
const WRITE = 'Path LiteralPath Value PassThru Force Encoding Filter Include Exclude'.split(' ');

/** The text of a file; an error when it is a folder, or nothing one reads. */
export function* textIn(call: Call, entry: Entry): Steps<string | null> {
  if (entry.text !== null) return entry.text.content;
  yield* call.shell.error((entry.isFolder ? denied : noText)(call, entry.path));
  return null;
}

export const getContent: Cmdlet = {
  name: 'Get-Content',
  synopsis: 'Reads the lines of a text file.',
  examples: [{ line: 'Get-Content C:\\Lists\\racks.txt -Tail 3', about: 'The last three lines.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, READ)) return;
    for (const entry of yield* entriesOf(call)) {
      const text = yield* textIn(call, entry);
      if (text === null) continue;
      if (bound.flag('Raw')) yield* shell.write(text);
      else yield* writeLines(call, linesOf(text));
    }
  },
};

function* writeLines({ bound, shell }: Call, all: readonly string[]): Steps<void> {
  const [first, last] = [bound.number('TotalCount'), bound.number('Tail')];
  const lines = last === undefined ? all.slice(0, first) : last <= 0 ? [] : all.slice(-last);
  const count = bound.number('ReadCount') ?? 1;
  if (count === 1) for (const line of lines) yield* shell.write(line);
  else {
    const most = count <= 0 ? Math.max(1, lines.length) : count;
    for (let at = 0; at < lines.length; at += most) yield* shell.write(lines.slice(at, at + most));
  }
}

const gathered = perCall(() => new Gathered());

/** What was given, a line each; all of it is written when the last is there. */
function* collect(call: Call): Steps<void> {
  const given = call.bound.value('Value') ?? null;
  for (const one of itemsOf(given) ?? [given])
    if (one !== null) gathered(call).add(call, `${textOf(one)}\r\n`);
  if (call.bound.flag('PassThru')) yield* call.shell.write(given);
}

/** Files that wildcards name, or the one that is to be. */
export function* targetsOf(call: Call): Steps<readonly Place[]> {
  const targets: Place[] = [];
  for (const written of pathsOf(call)) {
    const place = yield* targetOf(call, written);
    if (place === null) continue;
    const files = yield* filesOf(call, place.host);
    const isPattern = /[*?[]/.test(place.path) && !call.bound.has('LiteralPath');
    const found = isPattern ? files.matching(place.path).filter(one => !one.isFolder) : [place];
    if (found.length === 0) yield* call.shell.error(pathNotFound(call, place.path));
    targets.push(...found.map(({ host, path }) => ({ host, path })));
  }
  return targets;
}

const writer = (
  name: string,
  { synopsis, line, append }: { synopsis: string; line: string; append: boolean },
): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line, about: synopsis }],
  *process(call) {
    yield* collect(call);
  },
  *end(call) {
    const { shell } = call;
    const { text, isTooMuch } = gathered(call);
    if (isTooMuch || (yield* refuses(call, WRITE))) return;
    const encoding = encodingOf(call, 'ASCII');
    for (const place of yield* targetsOf(call))
      if (yield* shell.should(`Path: ${place.path}`, append ? 'Add Content' : 'Set Content'))
        yield* save(call, place, text, { append, encoding });
  },
});

export const setContent = writer('Set-Content', {
  synopsis: 'Writes lines to a text file in place of what it holds.',
  line: "Set-Content C:\\Lists\\racks.txt 'R1', 'R2'",
  append: false,
});

export const addContent = writer('Add-Content', {
  synopsis: 'Writes lines to the end of a text file.',
  line: "Add-Content C:\\Lists\\racks.txt 'R3'",
  append: true,
});

export const clearContent: Cmdlet = {
  name: 'Clear-Content',
  synopsis: 'Leaves nothing in a text file but the file.',
  examples: [{ line: 'Clear-Content C:\\Lists\\*.txt', about: 'All of a folder.' }],
  *process(call) {
    if (yield* refuses(call, WRITE)) return;
    for (const entry of yield* entriesOf(call)) {
      if ((yield* textIn(call, entry)) === null) continue;
      if (!(yield* call.shell.should(`Item: ${entry.path}`, 'Clear Content'))) continue;
      yield* save(call, entry, '', { encoding: entry.text?.encoding ?? 'ASCII' });
    }
  },
};

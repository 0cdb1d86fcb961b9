import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';
import { Regex } from '../../value/regex/regex.ts';
import { textOf } from '../../value/text.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { perCall } from '../core/per-call.ts';
import { entriesOf, linesOf } from './access.ts';
import { textIn } from './content.ts';
import { nameOf } from './place.ts';

const KNOWN =
  'Pattern Path LiteralPath SimpleMatch CaseSensitive Quiet List NotMatch InputObject Encoding'.split(
    ' ',
  );

/** A line in which something was found. */
class MatchInfo extends PSObject {
  readonly typeNames = ['Microsoft.PowerShell.Commands.MatchInfo', 'System.Object'];
  readonly #path: string;
  readonly #line: string;
  readonly #number: number;
  readonly #pattern: string;

  constructor(
    path: string,
    line: string,
    { number, pattern }: { number: number; pattern: string },
  ) {
    super();
    this.#path = path;
    this.#line = line;
    this.#number = number;
    this.#pattern = pattern;
  }

  properties(): readonly Property[] {
    return [
      property('LineNumber', 'int', () => this.#number),
      property('Line', 'string', () => this.#line),
      property('Filename', 'string', () => nameOf(this.#path)),
      property('Path', 'string', () => this.#path),
      property('Pattern', 'string', () => this.#pattern),
    ];
  }

  text(): string {
    return this.#path === STREAM ? this.#line : `${this.#path}:${this.#number}:${this.#line}`;
  }
}

/** Where a text comes from that is in no file. */
const STREAM = 'InputStream';

const regexesOf = perCall(({ bound }) =>
  (bound.texts('Pattern') ?? []).map(
    pattern =>
      new Regex(
        bound.flag('SimpleMatch') ? pattern.replaceAll(/[\\*+?|{}[\]()^$.#\s]/g, '\\$&') : pattern,
        {
          ignoreCase: !bound.flag('CaseSensitive'),
        },
      ),
  ),
);

const seen = perCall(() => ({ lines: 0, found: false }));

/** The first pattern that says of a line what it was asked for; null for a line that is not wanted. */
const patternFor = (call: Call, line: string): string | null => {
  const found = regexesOf(call).find(regex => regex.test(line));
  if (call.bound.flag('NotMatch')) return found === undefined ? '' : null;
  return found?.pattern ?? null;
};

function* look(call: Call, path: string, lines: readonly string[]): Steps<void> {
  const { bound, shell } = call;
  const at = seen(call);
  for (const [index, line] of lines.entries()) {
    const pattern = patternFor(call, line);
    if (pattern === null) continue;
    at.found = true;
    if (bound.flag('Quiet')) return;
    const number = path === STREAM ? at.lines : index + 1;
    yield* shell.write(new MatchInfo(path, line, { number, pattern }));
    if (bound.flag('List')) return;
  }
}

export const selectString: Cmdlet = {
  name: 'Select-String',
  synopsis: 'Finds lines of texts and files by regular expressions.',
  examples: [{ line: 'Select-String error C:\\Lists\\*.txt', about: 'File, number and line.' }],
  *process(call) {
    const { bound } = call;
    if (yield* refuses(call, KNOWN)) return;
    if (!bound.has('Path') && !bound.has('LiteralPath')) {
      seen(call).lines += 1;
      yield* look(call, STREAM, [textOf(bound.value('InputObject') ?? null)]);
      return;
    }
    for (const entry of yield* entriesOf(call)) {
      if (entry.isFolder) continue;
      const text = yield* textIn(call, entry);
      if (text !== null) yield* look(call, entry.path, linesOf(text));
    }
  },
  *end(call) {
    if (call.bound.flag('Quiet')) yield* call.shell.write(seen(call).found);
  },
};

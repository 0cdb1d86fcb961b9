import type { HostId } from '../../../protocol/id.ts';
import { FILE_MOST } from '../../../protocol/operation/file.ts';
import type { FileEncoding } from '../../../protocol/record/file.ts';
import { type ErrorRecord, Terminating } from '../../engine/error-record.ts';
import type { Call } from '../../engine/cmdlet.ts';
import { BREATH } from '../../engine/meter.ts';
import type { Steps } from '../../engine/steps.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { denied, noFolder, pathNotFound, refused } from './faults.ts';
import { type Entry, Files } from './files.ts';
import { isPlace, nameOf, parentOf, type Place, placeOf } from './place.ts';

/** What lies on a host now. Looking it all up takes its time, so others have their turn before. */
export function* filesOf({ shell }: Call, host: HostId): Steps<Files> {
  yield BREATH;
  return new Files(shell.lab, host);
}

/** The paths a command was given; `here` when it may do without. */
export const pathsOf = ({ bound }: Call, here?: string): readonly string[] =>
  bound.texts('LiteralPath') ?? bound.texts('Path') ?? (here === undefined ? [] : [here]);

/** What the paths of a command stand for, with an error for each that stands for nothing. */
export const entriesOf = (call: Call): Steps<readonly Entry[]> => entriesAt(call, pathsOf(call));

export function* entriesAt(call: Call, paths: readonly string[]): Steps<readonly Entry[]> {
  const isLiteral = call.bound.has('LiteralPath');
  const chosen = chooser(call);
  const found: Entry[] = [];
  for (const written of paths) {
    const place = placeOf(call, written);
    if (!isPlace(place)) {
      yield* call.shell.error(place);
      continue;
    }
    const files = yield* filesOf(call, place.host);
    const exact = files.at(place.path);
    if (exact !== undefined) found.push(exact);
    else if (!isLiteral && /[*?[]/.test(place.path))
      found.push(...files.matching(place.path).filter(chosen));
    else yield* call.shell.error(pathNotFound(call, place.path));
  }
  return found;
}

/** -Filter, -Include and -Exclude, by the names of what wildcards found. */
export const chooser = ({ bound }: Call): ((entry: Entry) => boolean) => {
  const patterns = (name: string): readonly Wildcard[] | undefined =>
    bound.texts(name)?.map(text => new Wildcard(text));
  const [filter, include, exclude] = ['Filter', 'Include', 'Exclude'].map(patterns);
  return ({ path }) => {
    const fits = (one: Wildcard): boolean => one.matches(nameOf(path));
    return (
      (filter?.every(fits) ?? true) &&
      (include?.some(fits) ?? true) &&
      !(exclude?.some(fits) ?? false)
    );
  };
};

export interface Writing {
  readonly append?: boolean;
  readonly encoding?: FileEncoding;
  /** Makes the folders that are missing. */
  readonly force?: boolean;
}

/** Writes a text to a place: in pieces that an operation may carry. */
export function* save(call: Call, place: Place, text: string, how: Writing): Steps<boolean> {
  const { shell } = call;
  const { host, path } = place;
  const files = yield* filesOf(call, host);
  if (files.at(parentOf(path))?.isFolder !== true && how.force !== true) {
    yield* shell.error(noFolder(call, path));
    return false;
  }
  if (files.at(path)?.isFolder === true) {
    yield* shell.error(denied(call, path));
    return false;
  }
  if (!mayWrite(call, text.length)) {
    yield* shell.error(tooMuch(call));
    return false;
  }
  let append = how.append ?? false;
  for (let at = 0; at === 0 || at < text.length;) {
    const piece = text.slice(at, pieceEnd(text, at));
    const args = { host, path, text: piece, append, encoding: how.encoding ?? 'ASCII' };
    const result = yield* shell.submit('file.write', args);
    if (!result.ok) {
      yield* shell.error(refused(call, result.fault, path));
      return false;
    }
    append = true;
    at += Math.max(1, piece.length);
  }
  return true;
}

/** Characters that a line of a console writes to files: each is journaled with the lab. */
const MOST_OF_A_LINE = 8 * 1024 * 1024;

/** What each session wrote since its last line began; its history stands for the session. */
const written = new WeakMap<object, { readonly line: number; readonly characters: number }>();

const mayWrite = ({ shell }: Call, characters: number): boolean => {
  const { history } = shell.session;
  const line = history.at(-1)?.id ?? 0;
  const last = written.get(history);
  const before = last?.line === line ? last.characters : 0;
  written.set(history, { line, characters: before + characters });
  return before + characters <= MOST_OF_A_LINE;
};

const tooMuch = ({ shell }: Call): ErrorRecord =>
  shell.fault({
    message: 'Not enough quota is available to process this command.',
    id: 'NoQuota',
    category: 'LimitsExceeded',
    exception: 'System.IO.IOException',
  });

/** Not between the two halves of one character. */
const pieceEnd = (text: string, from: number): number => {
  const end = Math.min(text.length, from + FILE_MOST);
  const last = text.charCodeAt(end - 1);
  return end < text.length && last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
};

const ENCODINGS: ReadonlyMap<string, FileEncoding> = new Map([
  ['unicode', 'Unicode'],
  ['bigendianunicode', 'Unicode'],
  ['unknown', 'Unicode'],
  ['string', 'Unicode'],
  ['utf8', 'UTF8'],
]);

/** As the file is kept: one byte a character, two, or UTF-8. */
export const encodingOf = ({ bound }: Call, otherwise: FileEncoding): FileEncoding => {
  const name = bound.value('Encoding');
  return name === undefined ? otherwise : (ENCODINGS.get(textOf(name).toLowerCase()) ?? 'ASCII');
};

/** What ASCII has no letter for. */
export const inAscii = (text: string): string => text.replaceAll(/[^\0-\x7f]/g, '?');

/** The one place that a command writes to; what is wrong with it instead. */
export function* targetOf(call: Call, written: string): Steps<Place | null> {
  const place = placeOf(call, written);
  if (isPlace(place)) return place;
  yield* call.shell.error(place);
  return null;
}

/** As much as a file may hold; a lab refuses more, so a command does not gather more. */
const MOST = 1024 * 1024;

/** A text that a command gathers before it writes it. */
export class Gathered {
  readonly #parts: string[] = [];
  #length = 0;

  add(call: Call, text: string): void {
    if (this.isTooMuch) return;
    this.#length += text.length;
    this.#parts.push(text);
    if (this.isTooMuch) throw new Terminating(tooMuch(call));
  }

  /** What was too much is not written at all, also when a script went on behind the error. */
  get isTooMuch(): boolean {
    return this.#length > MOST;
  }

  get text(): string {
    return this.#parts.join('');
  }
}

/** Lines of a text as Windows ends them. */
export const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

import type { Document, Node, YAMLError } from 'yaml';
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Result } from '../base/result.ts';
import { fail, ok } from '../base/result.ts';
import type { LabFile } from '../protocol/lab-file.ts';
import { labFile } from '../protocol/lab-file.ts';
import type { Path } from './lab-file-rules.ts';
import { violations } from './lab-file-rules.ts';
import type { Issue } from './lab-file-sentence.ts';
import { sentence } from './lab-file-sentence.ts';
import { scan } from './lab-file-scan.ts';

// A lab file comes from anybody with a browser. It is bounded before it is parsed, parsed without
// anchors, tags or merges, checked against its schema, then against the rules between its parts.

export interface LabFileFault {
  /** 1 is the first line. */
  readonly line: number;
  /** `hosts[0].memory`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** More than this helps nobody to mend a file. */
const FAULTS_TOLD = 20;

export function parseLabFile(text: string): Result<LabFile, readonly LabFileFault[]> {
  const hostile = scan(text);
  if (hostile !== null) return fail([{ ...hostile, path: '' }]);

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    merge: false,
    // Ours is linear: the parser compares each key of a map with every other.
    uniqueKeys: false,
    prettyErrors: false,
  });
  // What follows the first is mostly what the parser made of it.
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) return fail([syntaxFault(broken, lines)]);

  const place = new Places(document, lines);
  const strange = strangeNodes(document.contents, [], lines);
  if (strange.length > 0) return fail(strange.slice(0, FAULTS_TOLD));

  const read = labFile.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!read.success) return fail(schemaFaults(read.error.issues, place));
  const broke = violations(read.data).slice(0, FAULTS_TOLD);
  if (broke.length > 0) return fail(broke.map(({ path, message }) => place.fault(path, message)));
  return ok(read.data);
}

function syntaxFault({ code, pos, message }: YAMLError, lines: LineCounter): LabFileFault {
  const ours =
    code === 'MULTIPLE_DOCS' ? 'begins a second document: a lab file has one' : undefined;
  const theirs = message.split('\n', 1)[0] ?? message;
  return { line: lines.linePos(pos[0]).line, path: '', message: ours ?? theirs };
}

/** Where in the text a path of the data lies. */
class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** The line of the deepest part of the path that the file has. */
  line(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? this.#document.contents : this.#at(path.slice(0, length));
      if (node?.range) return this.#lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  has(path: Path): boolean {
    return path.length === 0 || this.#at(path) !== undefined;
  }

  fault(path: Path, message: string): LabFileFault {
    return { line: this.line(path), path: shown(path), message };
  }

  /** A key that should not be there: its own line, not its map's. */
  key(path: Path, key: string): LabFileFault {
    const map = path.length === 0 ? this.#document.contents : this.#at(path);
    const pair = isMap(map)
      ? map.items.find(({ key: node }) => isScalar(node) && String(node.value) === key)
      : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : null;
    const line = range ? this.#lines.linePos(range[0]).line : this.line(path);
    return { line, path: shown([...path, key]), message: 'is not known here' };
  }

  #at(path: Path): Node | undefined {
    const node: unknown = this.#document.getIn(path, true);
    return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
  }
}

/** `hosts[0].networkAdapters[1].name`. */
function shown(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? clipped(part) : `.${clipped(part)}`;
  }
  return text;
}

/** Keys come from the file: a message must not carry a novel. */
function clipped(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}

/** Keys written twice and keys that are no text. */
function strangeNodes(node: unknown, path: Path, lines: LineCounter): LabFileFault[] {
  if (isSeq(node)) {
    return node.items.flatMap((item, index) => strangeNodes(item, [...path, index], lines));
  }
  if (!isMap(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || typeof key.value !== 'string') {
      const line = lineOf(isScalar(key) ? key : node, lines);
      return [{ line, path: shown(path), message: 'has a key that is no text' }];
    }
    const inside: Path = [...path, key.value];
    if (seen.has(key.value)) {
      return [{ line: lineOf(key, lines), path: shown(inside), message: 'is written twice' }];
    }
    seen.add(key.value);
    return strangeNodes(value, inside, lines);
  });
}

function lineOf(node: Node, lines: LineCounter): number {
  return node.range ? lines.linePos(node.range[0]).line : 1;
}

/** The first faults only: finding the place of each of thousands would take its time. */
function schemaFaults(issues: readonly Issue[], place: Places): LabFileFault[] {
  const faults: LabFileFault[] = [];
  for (const issue of issues.filter(isTelling).slice(0, FAULTS_TOLD)) {
    const path = issue.path.map(part => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      faults.push(...issue.keys.slice(0, FAULTS_TOLD).map(key => place.key(path, key)));
      continue;
    }
    const message = sentence(issue);
    const isSaid = place.has(path) || message.startsWith('is missing');
    faults.push(place.fault(path, isSaid ? message : `is missing: it ${message}`));
  }
  return faults.slice(0, FAULTS_TOLD);
}

/** That a number is larger than a computer counts is said by its own bound, too. */
function isTelling(issue: Issue): boolean {
  return !(issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER);
}

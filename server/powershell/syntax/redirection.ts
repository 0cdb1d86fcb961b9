import { argument, redirectionLength } from './argument.ts';
import { after, type Reader } from './reader.ts';
import type { Redirection } from './tree.ts';

const STREAMS = {
  '*': '* stream',
  '1': 'output stream',
  '2': 'error stream',
  '3': 'warning stream',
  '4': 'verbose stream',
  '5': 'debug stream',
} as const satisfies Record<Redirection['from'], string>;

const isStream = (c: string): c is Redirection['from'] => Object.hasOwn(STREAMS, c);

/** Whether a redirection stands here; if so it is read and added. */
export const redirection = (r: Reader, found: Redirection[]): boolean => {
  if (r.peek() === '<') r.fail('RedirectionNotSupported', { start: r.pos, end: r.pos + 1 }, '<');
  const length = redirectionLength(r);
  if (length === 0) return false;
  const { start, end } = r.take(length);
  r.mark('operator', start);
  const text = r.text.slice(start, end);
  const [first = ''] = text;
  const from = isStream(first) ? first : '1';
  const append = text.endsWith('>>');
  const to = text.includes('&') ? { stream: text.slice(-1) } : { file: file(r, end) };
  if ('stream' in to && (to.stream !== '1' || from === '1'))
    r.fail('RedirectionNotSupported', { start, end }, text);
  const extent = { start, end: 'file' in to ? to.file.end : end };
  if (found.some(other => other.from === from))
    r.fail('StreamAlreadyRedirected', extent, STREAMS[from]);
  found.push({ ...extent, from, append, to });
  return true;
};

const file = (r: Reader, end: number) => {
  r.blanks();
  return argument(r) ?? r.fail('MissingFileSpecification', after(end));
};

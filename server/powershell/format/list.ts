import type { Value } from '../value/value.ts';
import { cellText } from './cell.ts';
import type { ListLayout } from './layout.ts';

/** The lines of one object: names padded to the longest, what is too long goes on below itself. */
export const listLines = (
  { fieldsOf }: ListLayout,
  object: Value,
  line: number,
): readonly string[] => {
  const fields = fieldsOf(object);
  const pad = fields.reduce((most, { label }) => Math.max(most, label.length), 0);
  return fields.flatMap(({ label, of }) => {
    const text = cellText(of(object));
    return hung(`${label.padEnd(pad)} : `, text, line - 1);
  });
};

const hung = (head: string, text: string, line: number): readonly string[] => {
  const room = Math.max(10, line - head.length);
  const lines = text.split(/\r?\n/).flatMap(part => chunks(part, room));
  return lines.map((part, index) => (index === 0 ? head + part : ' '.repeat(head.length) + part));
};

const chunks = (text: string, room: number): string[] => {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += room) found.push(text.slice(at, at + room));
  return found.length === 0 ? [''] : found;
};

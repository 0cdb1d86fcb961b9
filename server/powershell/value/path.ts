import { textAt } from './argument.ts';
import { methods } from './method-fault.ts';
import type { Value } from './value.ts';

/** System.IO.Path: what is done with texts alone. */
export const pathMethods = methods<null>([
  ['GetFileName', (_, args) => fileName(textAt(args, 0))],
  ['GetFileNameWithoutExtension', (_, args) => fileName(textAt(args, 0)).replace(/\.[^.]*$/, '')],
  ['GetExtension', (_, args) => /\.[^.]*$/.exec(fileName(textAt(args, 0)))?.[0] ?? ''],
  ['GetDirectoryName', (_, args) => directory(textAt(args, 0))],
  [
    'GetPathRoot',
    (_, args) => /^([a-z]:\\?|\\\\[^\\]+\\[^\\]+|\\)?/i.exec(textAt(args, 0))?.[0] ?? '',
  ],
  ['HasExtension', (_, args) => /\.[^.\\/]+$/.test(textAt(args, 0))],
  ['IsPathRooted', (_, args) => /^([a-z]:|[\\/])/i.test(textAt(args, 0))],
  [
    'ChangeExtension',
    (_, args) => textAt(args, 0).replace(/\.[^.\\/]*$/, '') + dotted(textAt(args, 1)),
  ],
  ['Combine', (_, args) => combined(args)],
]);

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);

const directory = (path: string): Value => {
  const at = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  if (at < 0) return '';
  return /^[a-z]:$/i.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
};

const dotted = (extension: string): string =>
  extension === '' || extension.startsWith('.') ? extension : `.${extension}`;

const combined = (args: readonly Value[]): string => {
  let path = '';
  for (let i = 0; i < args.length; i += 1) {
    const part = textAt(args, i);
    if (/^([a-z]:|[\\/])/i.test(part) || path === '') path = part;
    else path = `${path.replace(/[\\/]$/, '')}\\${part}`;
  }
  return path;
};

/** A path as it stands, or from where one is: `.\a.iso`, `..\a.iso`, `\a.iso`. */
export const absolute = (path: string, location: string): string => {
  const written = path.replaceAll('/', '\\');
  if (written === '' || /^([a-z]:|\\\\)/i.test(written)) return written;
  if (written.startsWith('\\')) return `${location.slice(0, 2)}${written}`;
  const parts = location.replace(/\\$/, '').split('\\');
  for (const part of written.split('\\')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && part !== '..' && part !== '') parts.push(part);
  }
  return parts.join('\\');
};

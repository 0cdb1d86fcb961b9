import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file of the repository, by its path from the root with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'data', 'migrations', 'coverage']);

/** Every file below these folders (or of the root itself, for '') whose name ends in one of the ends. */
export const sources = (folders: readonly string[], ends: readonly string[]): Source[] =>
  folders
    .flatMap(folder => (folder === '' ? filesOf(ROOT) : walk(join(ROOT, folder))))
    .filter(path => ends.some(end => path.endsWith(end)))
    .map(path => ({
      path: relative(ROOT, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(folder, entry.name));

const walk = (folder: string): string[] => [
  ...filesOf(folder),
  ...readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !NOT_OURS.has(entry.name))
    .flatMap(entry => walk(join(folder, entry.name))),
];

export const CODE = ['.ts', '.tsx', '.mjs'];

/** Tests and the programs they start; they may import what they test, whatever it is. */
export const isTest = (path: string): boolean =>
  /\.(test|fixture)\.tsx?$/.test(path) || path.startsWith('test/');

/** What a file names after `from`, in `import '…'`, and in `import('…')`, types included. */
export const importsOf = ({ text }: Source): string[] => {
  const code = withoutComments(text);
  const found = code.matchAll(
    /(?:^|[\s;}])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]|(?<![\w'"-])import\s*\(?\s*['"]([^'"\n]+)['"]/g,
  );
  return [...found].map(([, from, plain]) => from ?? plain ?? '');
};

/** Comments become blanks, so that line numbers stay. Strings are kept: a path may hold two slashes. */
export const withoutComments = (text: string): string =>
  text.replaceAll(
    /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    found => (/^['"`]/.test(found) ? found : found.replaceAll(/[^\n]/g, ' ')),
  );

/** A relative import as a path from the root; anything else as it stands. */
export const resolveImport = (from: string, name: string): string =>
  name.startsWith('.') ? posix.normalize(posix.join(dirname(from), name)) : name;

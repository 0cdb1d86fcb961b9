import { z } from 'zod';
import { FORBIDDEN_IN_NAMES } from '../name.ts';
import { freeText, idOf, operation } from './operation.ts';

/** A full Windows path: a drive, folders, a name. */
const filePath = z
  .string()
  .max(260)
  .regex(/^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+$/, 'is no path of a file')
  .refine(path => !FORBIDDEN_IN_NAMES.test(path), 'has a control or bidirectional character')
  // Windows takes dots and blanks off the end of a name: two paths would be one file.
  .refine(path => !/[. ](\\|$)/.test(path), 'has a name that ends with a dot or a blank');

const onFile = z.strictObject({ host: idOf('host'), path: filePath });

/** Characters that one file may hold; what is written is kept in the lab's journal, too. */
export const FILE_MOST = 256 * 1024;

export const FILE_OPERATIONS = {
  'file.write': operation({
    verb: 'lab.command',
    about: 'Writes a text file on a volume of a host, or adds to its end.',
    args: z.strictObject({
      host: idOf('host'),
      path: filePath,
      text: freeText.max(FILE_MOST),
      append: z.boolean().default(false),
      /** Of a new file; one that is there keeps its own when something is added. */
      encoding: z.enum(['ASCII', 'Unicode', 'UTF8']).default('ASCII'),
    }),
  }),
  'file.makeFolder': operation({
    verb: 'lab.command',
    about: 'Makes a folder on a volume of a host.',
    args: onFile,
  }),
  'file.move': operation({
    verb: 'lab.command',
    about: 'Gives a text file or a folder another place on its host.',
    args: z.strictObject({ host: idOf('host'), path: filePath, to: filePath }),
  }),
  'file.remove': operation({
    verb: 'lab.command',
    about: 'Removes a text file, or a folder with everything in it.',
    args: onFile,
  }),
} as const;

import { int, table, text } from '../field.ts';
import type { Id } from '../id.ts';

/** By how many bytes a character takes. */
export type FileEncoding = 'ASCII' | 'Unicode' | 'UTF8';

export const fileTable = table({
  kind: 'file',
  about: 'A text file or a folder that somebody at a shell made on a host’s volume.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>(),
    path: text(),
    type: text<'File' | 'Folder'>(),
    encoding: text<FileEncoding>(),
    /** Bytes; none for a folder. */
    size: int(),
    createdAt: int(),
    writtenAt: int(),
    content: text({ class: 'hidden' }),
  },
});

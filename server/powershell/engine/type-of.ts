import type { TypeName } from '../syntax/tree.ts';
import { fullTypeName } from '../value/type-table.ts';
import { typeNotFound } from './faults.ts';

const written = ({ name, rank, generic }: TypeName): string =>
  `${name}${generic.length > 0 ? `[${generic.map(written).join(',')}]` : ''}${'[]'.repeat(rank)}`;

/** The full name of a type as written; throws PowerShell's sentence for one that is not there. */
export const typeOf = (type: TypeName): string => {
  const full = fullTypeName(type.name);
  if (full === null) throw typeNotFound(written(type));
  return full + '[]'.repeat(type.rank);
};

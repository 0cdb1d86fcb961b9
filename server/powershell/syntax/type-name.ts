import { isNamePart, isNameStart } from './characters.ts';
import { after, type Reader } from './reader.ts';
import type { TypeName } from './tree.ts';

/**
 * A type's name as it stands between brackets, from its first letter on: `System.Math`, `byte[]`,
 * `Collections.Generic.List[int]`, `Foo.Bar, Some.Assembly`. Null where no name begins.
 */
export const typeName = (r: Reader, isArgument = false): TypeName | null => {
  const start = r.pos;
  if (!isNameStart(r.peek())) {
    r.expect({ kind: 'type', start, frame: r.frame });
    return null;
  }
  while (isNamePart(r.peek()) || (r.peek() !== '' && '.`+#\\'.includes(r.peek()))) r.pos += 1;
  const name = r.text.slice(start, r.pos);
  r.mark('type', start);
  r.expect({ kind: 'type', start, frame: r.frame });
  let end = r.pos;
  let generic: readonly TypeName[] = [];
  let rank = 0;
  for (r.blanks(); r.peek() === '['; r.blanks()) {
    const open = r.take();
    r.lines();
    if (r.peek() === ']' || r.peek() === ',') {
      while (r.peek() === ',') r.pos += 1;
      rank += 1;
    } else if (rank === 0 && generic.length === 0 && (r.peek() === '[' || isNameStart(r.peek())))
      generic = r.nest(() => genericArguments(r));
    else if (r.done) r.missing('MissingTypename', after(open.end));
    else r.fail('UnexpectedToken', { start: r.pos, end: r.pos + 1 }, r.peek());
    if (r.peek() !== ']') r.missing('EndSquareBracketExpectedAtEndOfAttribute', after(r.pos));
    end = r.take().end;
  }
  if (!isArgument && r.peek() === ',') end = assemblyName(r);
  return { start, end, name, rank, generic };
};

const genericArguments = (r: Reader): TypeName[] => {
  const found: TypeName[] = [];
  for (;;) {
    r.lines();
    const bracketed = r.peek() === '[';
    const from = r.pos;
    if (bracketed) r.pos += 1;
    r.lines();
    const type = typeName(r, !bracketed) ?? r.missing('MissingTypename', after(from + 1));
    r.lines();
    if (bracketed && r.peek() !== ']')
      r.missing('EndSquareBracketExpectedAtEndOfType', after(r.pos));
    if (bracketed) r.pos += 1;
    found.push(type);
    r.lines();
    if (r.peek() !== ',') return found;
    r.pos += 1;
  }
};

/** `, mscorlib, Version=4.0.0.0`: read over; there is one set of types here. */
const assemblyName = (r: Reader): number => {
  const comma = r.take();
  r.blanks();
  const start = r.pos;
  while (r.peek() !== ']' && r.peek() !== '\n' && !r.done) r.pos += 1;
  if (r.pos === start) r.fail('MissingAssemblyNameSpecification', after(comma.end));
  return r.pos;
};

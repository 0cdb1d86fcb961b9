/** A rule of behaviour: what happens, and who says so. */
export interface Rule {
  readonly id: string;
  /** The title of the document it stands in. */
  readonly of: string;
  readonly sentence: string;
  readonly source: string;
}

const LINE = /^- \*\*([A-Z]{2,4}\d+)\*\* (.+)$/u;
const TITLE = /^# (.+)$/u;

/** The rules of one SPEC.md, in its order. */
export const rulesIn = (text: string): readonly Rule[] => {
  const lines = text.split(/\r?\n/u);
  const of = lines.map(line => TITLE.exec(line)?.[1]).find(title => title !== undefined) ?? '';
  return lines.flatMap(line => {
    const [, id, whole] = LINE.exec(line) ?? [];
    return id === undefined || whole === undefined ? [] : [{ id, of, ...split(whole) }];
  });
};

/** The last sentence is the source; `ch. 4` ends none. */
const split = (whole: string): Pick<Rule, 'sentence' | 'source'> => {
  const ends = [...whole.matchAll(/(?<!\bch)\. /gu)];
  const end = ends.at(-1)?.index;
  if (end === undefined) return { sentence: whole, source: '' };
  const source = whole.slice(end + 2).replace(/^Source: /u, '');
  return { sentence: whole.slice(0, end + 1), source };
};

/** Columns of the tables of a text: what stands over each rule of dashes. */
export const columnsOf = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (!/^\s*-{2,}(\s+-+)*\s*$/.test(line)) return [];
    const head = lines[index - 1] ?? '';
    return head.trim() === '' ? [] : head.trim().split(/\s+/);
  });
};

/** Names of the lines of lists: `Name : value`. */
export const rowsOf = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap(line => /^([A-Za-z]\w*)\s*:(\s|$)/.exec(line)?.[1] ?? []);

/** What the page shows and the lab does not. */
export const missingFrom = (shown: string, printed: string): readonly string[] => {
  const own = new Set([...columnsOf(printed), ...rowsOf(printed)].map(one => one.toLowerCase()));
  return [...columnsOf(shown), ...rowsOf(shown)].filter(one => !own.has(one.toLowerCase()));
};

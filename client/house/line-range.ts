/** Where a line begins and ends in a text, lines counted from 1; the last line for what is beyond. */
export const lineRange = (text: string, line: number): readonly [from: number, to: number] => {
  const lines = text.split('\n');
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  const from = lines.slice(0, at).reduce((sum, before) => sum + before.length + 1, 0);
  return [from, from + (lines[at]?.length ?? 0)];
};

/** The last lines, oldest first: so many at most, with so many characters together. */
export function lastLines(lines: readonly string[], most: number, characters: number): string[] {
  let first = lines.length;
  let left = characters;
  while (first > 0 && lines.length - first < most) {
    left -= lines[first - 1]?.length ?? 0;
    if (left < 0) break;
    first -= 1;
  }
  return lines.slice(first);
}

export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** Bytes in lines, as hexadecimal and as what of them is text. */
export const hexLines = (bytes: string, perLine: number): readonly HexLine[] => {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine * 2) {
    const pairs = bytes.slice(at, at + perLine * 2).match(/../gu) ?? [];
    lines.push({
      offset: (at / 2).toString(16).padStart(4, '0'),
      hex: pairs.join(' '),
      text: pairs.map(printable).join(''),
    });
  }
  return lines;
};

const printable = (pair: string): string => {
  const code = Number.parseInt(pair, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
};

/** A text as a word of a command line: plain when it can be, else in single quotes. */
export const quoted = (text: string): string =>
  /^[\p{L}_\\:.][\p{L}\p{N}_\\:.-]*$/u.test(text)
    ? text
    : `'${text.replaceAll(/['‘’‚‛]/gu, '$&$&')}'`;

/** Bytes as an administrator writes them. */
export const size = (bytes: number): string => {
  for (const [unit, of] of UNITS)
    if (bytes >= of && Number.isInteger((bytes / of) * 4)) return `${bytes / of}${unit}`;
  return String(bytes);
};

const UNITS = [
  ['TB', 1_099_511_627_776],
  ['GB', 1_073_741_824],
  ['MB', 1_048_576],
] as const;

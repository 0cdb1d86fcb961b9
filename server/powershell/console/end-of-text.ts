/** The end of a text, from the beginning of a line: half a command is no command to a terminal. */
export const endOf = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = text.slice(-most);
  return end.slice(end.indexOf('\n') + 1);
};

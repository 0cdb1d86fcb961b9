/** Characters of one entry; the server takes no more. */
export const ENTRY_MOST = 24_000;

/** More lines than this are a script, and nobody reads them in a console before they run. */
export const LINES_MOST = 400;

const LINE_END = /\r\n?|[\u0085\u2028\u2029]/gu;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;
const LONE = /[\ud800-\udfff]/gu;

/** As a line may hold it: no control characters, no halves of characters, blanks for tabs. */
export const clean = (text: string): string =>
  text
    .replaceAll(LINE_END, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(CONTROL, '')
    .replaceAll(LONE, '\ufffd');

/** Why so much is not taken; null when it is. */
export const tooMuch = (text: string): string | null => {
  if (text.length > ENTRY_MOST)
    return (
      `That is ${text.length.toLocaleString('en')} characters; a console takes ` +
      `${ENTRY_MOST.toLocaleString('en')} at once. Paste it in parts.`
    );
  const lines = text.split('\n').length;
  if (lines > LINES_MOST)
    return (
      `That is ${lines.toLocaleString('en')} lines; a console takes ${LINES_MOST} at once. ` +
      'Paste it in parts.'
    );
  return null;
};

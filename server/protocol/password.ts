// One rule for the page's form and for the border of the server. Length is what counts (NIST SP 800-63B,
// 3.1.1): no demands for signs or digits, and nobody has to change a password by the calendar.

export const PASSWORD_LEAST = 12;
/** Long enough for any sentence; what is longer only keeps the server busy. */
export const PASSWORD_MOST = 200;

/** RFC 5321, 4.5.3.1.3. */
const EMAIL_MOST = 254;

/** The form in which an address is kept and compared: nobody types the case of their own alike twice. */
export const tidyEmail = (text: string): string => text.trim().toLowerCase();

/** What could be an address at all; whether it is one, only a letter to it could tell. */
export const isEmail = (text: string): boolean =>
  text.length <= EMAIL_MOST && /^[^\s@\p{C}]+@[^\s@.\p{C}]+(?:\.[^\s@.\p{C}]+)+$/u.test(text);

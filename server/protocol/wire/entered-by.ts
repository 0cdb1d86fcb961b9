/**
 * Behind each line of a console's text stands who entered it, as a command to the terminal with a
 * number that is nobody else's: a terminal that does not know it shows nothing.
 */
export const ENTERED_BY = 7733;

export const enteredBy = (name: string): string => `\u001b]${ENTERED_BY};${name}\u0007`;

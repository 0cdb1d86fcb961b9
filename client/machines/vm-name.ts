const LIMIT = 100;

// The rule of the operations, said before anything is sent.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Why a virtual machine cannot have this name; null when it can. */
export const vmNameFault = (text: string): string | null => {
  const name = text.trim();
  if (name === '') return 'A virtual machine needs a name.';
  if (name.length > LIMIT) return `A name has at most ${LIMIT} characters.`;
  return FORBIDDEN.test(name)
    ? 'A name has no control characters and none that turn the direction of text.'
    : null;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 126 random bits: two clients never have the same name, also where the page is no secure context. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(21));
  return Array.from(bytes, byte => LETTERS[byte & 63]).join('');
}

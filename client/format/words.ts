/** A name in camel case as words: ClientReleased, client Released. */
export const wordsOf = (name: string): readonly string[] =>
  name.replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2').split(' ');

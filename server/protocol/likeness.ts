// Whether two names look alike. Everything that somebody does stands there under a name, so nobody may
// pass for somebody else: names are compared as an eye compares them, not as a machine does.

// Letters of other scripts that are drawn as a Latin one, and signs that are read as one: the common
// ones of Unicode's confusables (UTS 39). What is in none of these rows is only itself.
const DRAWN_ALIKE: Readonly<Record<string, string>> = {
  a: 'аɑα',
  b: 'ьв',
  c: 'сϲⅽ',
  d: 'ԁⅾ',
  e: 'еҽεє',
  f: 'ƒ',
  g: 'ɡց',
  h: 'һհн',
  i: 'іıɩιӏl1|!ⅰⅼ',
  j: 'јϳ',
  k: 'кκ',
  m: 'мⅿ',
  n: 'ոпη',
  o: 'оοօσ0ө',
  p: 'рρ',
  q: 'ԛգ',
  r: 'гᴦ',
  s: 'ѕꜱ5$',
  t: 'тτ',
  u: 'υսцʋ',
  v: 'ѵνⅴ',
  w: 'ԝшωѡ',
  x: 'хχⅹ',
  y: 'уүγ',
  z: 'ᴢ',
};

const LATIN_OF = new Map(
  Object.entries(DRAWN_ALIKE).flatMap(([latin, drawn]) =>
    Array.from(drawn, letter => [letter, latin] as const),
  ),
);

/** A name without what an eye passes over: case, accents, spaces, dots, and the script of a letter. */
export const likenessOf = (name: string): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Z}\p{Cf}._'’‘`´·-]/gu, '');
  const drawn = Array.from(plain, letter => LATIN_OF.get(letter) ?? letter).join('');
  // Two that are drawn as one.
  const read = drawn.replaceAll('rn', 'm').replaceAll('vv', 'w');
  // Of nothing but such signs, the name is what it is.
  return read === '' ? name : read;
};

/** What only the house says of somebody; the names that it gives to its own are made of these. */
const WORDS_OF_THE_HOUSE = ['instructor', 'teacher', 'administrator', 'enlighten'].map(likenessOf);

/** Whether a name claims to be more than a guest: `Instructor`, `The 1nstruct0r`. */
export const claimsTheHouse = (name: string): boolean => {
  const likeness = likenessOf(name);
  return WORDS_OF_THE_HOUSE.some(word => likeness.includes(word));
};

// Everything selected is an address, so a link opens the same thing. Reading and writing an address are
// each other's opposite; the test holds them together.

export const TABS = ['machines', 'xray', 'vmbus', 'processes', 'events', 'timeline'] as const;
export type Tab = (typeof TABS)[number];

/** Views that can show the lab as it was; every other shows it as it is. */
export const LOOKS_BACK: ReadonlySet<Tab> = new Set<Tab>(['xray', 'timeline']);

export const DETAILS = ['summary', 'memory', 'networking', 'compare'] as const;
export type Detail = (typeof DETAILS)[number];

/** How much of a machine the drawing shows. */
export const LEVELS = ['simple', 'full'] as const;
export type Level = (typeof LEVELS)[number];

export const DIALOGS = [
  'new-vm',
  'settings',
  'connect',
  'rename',
  'new-disk',
  'edit-disk',
  'inspect-disk',
] as const;
export type DialogName = (typeof DIALOGS)[number];

/** What one looks at inside a lab. */
export interface Place {
  readonly lab: string;
  readonly tab: Tab;
  /** The host or virtual machine chosen, by id; null is the whole lab. */
  readonly on: string | null;
  /** What the inspector shows: a record's id, `fact:12`, or `component:vid`. */
  readonly inspect: string | null;
  readonly detail: Detail;
  /** The virtual machine it is compared with; null is whichever comes first. */
  readonly beside: string | null;
  readonly dialog: DialogName | null;
  /** Which page of that dialog, by its name; null is its first. */
  readonly step: string | null;
  /** The words of a list's filter. */
  readonly filter: string;
  readonly level: Level;
  /** The channel of a bus whose messages are listed; null is all of them. */
  readonly channel: number | null;
  /** Of a bus: the data packets of its rings instead of its messages. */
  readonly packets: boolean;
  /** The moment of the past that is looked at; null is now. */
  readonly turn: number | null;
}

export type Address =
  | { readonly page: 'home' }
  | { readonly page: 'labs' }
  | { readonly page: 'new-lab' }
  | { readonly page: 'history'; readonly lab: string }
  | { readonly page: 'account' }
  | { readonly page: 'password' }
  | { readonly page: 'sign-in'; readonly token: string }
  | { readonly page: 'join'; readonly token: string }
  | ({ readonly page: 'lab' } & Place)
  | { readonly page: 'unknown'; readonly path: string };

export const placeIn = (lab: string): Place => ({
  lab,
  tab: 'machines',
  on: null,
  inspect: null,
  detail: 'summary',
  beside: null,
  dialog: null,
  step: null,
  filter: '',
  level: 'simple',
  channel: null,
  packets: false,
  turn: null,
});

/** `lab:x7` in the address bar is `/lab/x7`: the prefix says nothing there. */
const LAB_PREFIX = 'lab:';

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | null =>
  known.find(item => item === text) ?? null;

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a percent sign that is no escape
  }
};

export const readAddress = (pathname: string, search: string): Address => {
  const parts = pathname.split('/').filter(part => part !== '');
  const [page, encoded = '', tab, ...more] = parts;
  const second = decode(encoded);
  if (page === undefined) return { page: 'home' };
  if (second !== null && more.length === 0) {
    if (page === 'labs' && second === '' && tab === undefined) return { page: 'labs' };
    if (page === 'labs' && second === 'new' && tab === undefined) return { page: 'new-lab' };
    if (page === 'labs' && second !== '' && tab === 'history') {
      return { page: 'history', lab: LAB_PREFIX + second };
    }
    if (page === 'account' && second === '' && tab === undefined) return { page: 'account' };
    if (page === 'sign-in' && second === '' && tab === undefined) return { page: 'password' };
    if (page === 'sign-in' && second !== '' && tab === undefined) {
      return { page: 'sign-in', token: second };
    }
    if (page === 'join' && second !== '' && tab === undefined) {
      return { page: 'join', token: second };
    }
    const known = tab === undefined ? 'machines' : oneOf(TABS, tab);
    if (page === 'lab' && second !== '' && known !== null) {
      return { page: 'lab', ...readPlace(LAB_PREFIX + second, known, new URLSearchParams(search)) };
    }
  }
  return { page: 'unknown', path: pathname };
};

const readPlace = (lab: string, tab: Tab, query: URLSearchParams): Place => ({
  lab,
  tab,
  on: query.get('on'),
  inspect: query.get('inspect'),
  detail: oneOf(DETAILS, query.get('detail')) ?? 'summary',
  beside: query.get('with'),
  ...readDialog(query),
  filter: query.get('filter') ?? '',
  level: oneOf(LEVELS, query.get('level')) ?? 'simple',
  channel: numberOf(query.get('channel'), 5),
  packets: query.get('show') === 'packets',
  turn: LOOKS_BACK.has(tab) ? numberOf(query.get('turn'), 15) || null : null,
});

const readDialog = (query: URLSearchParams): Pick<Place, 'dialog' | 'step'> => {
  const dialog = oneOf(DIALOGS, query.get('open'));
  return { dialog, step: dialog === null ? null : query.get('page') };
};

const numberOf = (text: string | null, digits: number): number | null =>
  text !== null && /^\d+$/u.test(text) && text.length <= digits ? Number(text) : null;

export const writeAddress = (address: Address): string => {
  switch (address.page) {
    case 'home':
      return '/';
    case 'labs':
      return '/labs';
    case 'new-lab':
      return '/labs/new';
    case 'history':
      return `/labs/${encodeURIComponent(address.lab.slice(LAB_PREFIX.length))}/history`;
    case 'account':
      return '/account';
    case 'password':
      return '/sign-in';
    case 'sign-in':
      return `/sign-in/${encodeURIComponent(address.token)}`;
    case 'join':
      return `/join/${encodeURIComponent(address.token)}`;
    case 'lab':
      return writePlace(address);
    case 'unknown':
      return address.path;
  }
};

const writePlace = (place: Place): string => {
  const query = new URLSearchParams();
  if (place.on !== null) query.set('on', place.on);
  if (place.detail !== 'summary') query.set('detail', place.detail);
  if (place.beside !== null) query.set('with', place.beside);
  if (place.level !== 'simple') query.set('level', place.level);
  if (place.channel !== null) query.set('channel', String(place.channel));
  if (place.packets) query.set('show', 'packets');
  if (place.filter !== '') query.set('filter', place.filter);
  if (place.turn !== null && LOOKS_BACK.has(place.tab)) query.set('turn', String(place.turn));
  if (place.dialog !== null) {
    query.set('open', place.dialog);
    if (place.step !== null) query.set('page', place.step);
  }
  if (place.inspect !== null) query.set('inspect', place.inspect);
  // Colons are allowed in a query and make an id readable: vm:… and not vm%3A….
  const text = query.toString().replaceAll('%3A', ':');
  const path = `/lab/${encodeURIComponent(place.lab.slice(LAB_PREFIX.length))}/${place.tab}`;
  return text === '' ? path : `${path}?${text}`;
};

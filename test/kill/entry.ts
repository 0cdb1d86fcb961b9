// The ways in, over REST, as a browser takes them.

export interface Visitor {
  readonly cookie: string;
}

interface Said {
  readonly body: unknown;
  readonly cookie: string;
}

const post = async (url: string, body: object, cookie = ''): Promise<Said> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 1_000)}`);
  const cookies = response.headers.getSetCookie().map(one => one.split(';')[0] ?? '');
  return { body: JSON.parse(text), cookie: cookies.join('; ') || cookie };
};

/** By the link that the server printed. */
export const signIn = async (server: string, printed: string): Promise<Visitor> => {
  const token = printed.split('/').at(-1) ?? '';
  const { cookie } = await post(`${server}/api/sign-in`, { token });
  return { cookie };
};

export const createLab = async (
  server: string,
  { cookie }: Visitor,
  lab: { readonly name: string; readonly file: string },
): Promise<string> => {
  const { body } = await post(`${server}/api/labs`, lab, cookie);
  return (body as { readonly lab: string }).lab;
};

/** The token of a new join link. */
export const makeJoinLink = async (
  server: string,
  { cookie }: Visitor,
  lab: string,
): Promise<string> => {
  const path = `${server}/api/labs/${encodeURIComponent(lab)}/links`;
  const { body } = await post(path, {}, cookie);
  return (body as { readonly url: string }).url.split('/').at(-1) ?? '';
};

export const join = async (server: string, token: string, name: string): Promise<Visitor> => {
  const { cookie } = await post(`${server}/api/join`, { token, name });
  return { cookie };
};

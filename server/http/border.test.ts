import { expect, test } from 'vitest';
import { aBrowser, aLab, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse, HOST } from '../../test/fixture/house.ts';
import { ROUTES } from './route/index.ts';

const house = await aHouse();

const changing = ROUTES.filter(({ method }) => method !== 'get');

test.each(changing.map(route => [`${route.method} ${route.path}`, route] as const))(
  '%s is not for pages of other addresses',
  async (_name, { method, path }) => {
    const ada = await anInstructor(house, 'Ada');
    const lab = await aLab(ada);
    const address = path.replace(':lab', lab);

    const foreign = await Promise.all(
      [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `http://${HOST}.evil.example` },
        { origin: 'http://house.test:7421' },
      ].map(headers => ada.send(method.toUpperCase(), address, {}, headers)),
    );

    expect(foreign.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(foreign[0]?.json).toMatchObject({ error: { kind: 'foreign-page' } });
    expect((await ada.get(`/api/labs/${lab}`)).status).toBe(200);
  },
);

test('a page of another address does not see who is signed in either', async () => {
  const ada = await anInstructor(house, 'Ada');

  const asked = await ada.get('/api/me', { origin: 'https://evil.example' });

  expect(asked.status).toBe(401);
  expect(asked.headers.get('access-control-allow-origin')).toBeNull();
});

test('behind a proxy that ends TLS, PUBLIC_URL says what is ours and makes cookies secure', async () => {
  const named = await aHouse({ edge: { publicUrl: 'https://lab.example', trustProxy: true } });
  const browser = aBrowser(named, '10.0.0.5:7420');
  const { token } = await named.signInLinks.mint();
  const own = { origin: 'https://lab.example' };

  const inside = await browser.send('POST', '/api/sign-in', { token });
  const outside = await browser.send('POST', '/api/sign-in', { token }, own);

  expect(inside.status).toBe(403);
  expect(outside.status).toBe(200);
  expect(outside.headers.getSetCookie().join()).toMatch(/__Secure-.*; Secure/);
  expect(outside.headers.get('strict-transport-security')).toMatch(/^max-age=/);
});

test.each([
  ['text', 'text/plain', '{}', 415],
  ['a form', 'application/x-www-form-urlencoded', 'token=x', 415],
  ['half of JSON', 'application/json', '{"token":', 400],
  ['JSON of another form', 'application/json', '{"token":7}', 400],
  ['an array in an array in an array', 'application/json', '['.repeat(8_000), 400],
  ['a prototype', 'application/json', '{"token":"x","__proto__":{"ok":true}}', 400],
  ['a body of 20 kB', 'application/json', JSON.stringify({ token: 'x'.repeat(20_000) }), 413],
])('%s is refused by its kind', async (_what, type, body, status) => {
  const answer = await aBrowser(house).send('POST', '/api/sign-in', body, { 'content-type': type });

  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({
    error: { kind: expect.any(String), message: expect.any(String), next: expect.any(String) },
  });
});

test('an unknown address of the API and a wrong method are told in the same shape', async () => {
  const browser = aBrowser(house);

  const unknown = await browser.get('/api/nothing');
  const wrong = await browser.send('DELETE', '/api/labs');

  expect(unknown.json).toMatchObject({ error: { kind: 'not-found' } });
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('GET, POST');
});

test('every answer forbids the browser what the page does not use', async () => {
  const answers = await Promise.all(
    ['/', '/api/me', '/health', '/assets/page-1a2b3c.js', '/api/nothing'].map(path =>
      aBrowser(house).get(path),
    ),
  );

  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        `font-src 'self'; connect-src 'self' ws://${HOST}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBeNull();
  }
});

test('a broken database is told as trouble that passes, without a word of it to the outside', async () => {
  const broken = await aHouse();
  const ada = await anInstructor(broken, 'Ada');
  await broken.database.sql.end();

  const answer = await ada.get('/api/me');

  expect(answer.status).toBe(503);
  expect(answer.json).toMatchObject({ error: { kind: 'not-ready' } });
  expect(broken.errors).toMatchObject([{ route: '/api/me' }]);
  const [, value = ''] = ada.cookieHeader().split('=');
  expect(JSON.stringify(broken.errors)).not.toContain(value.slice(0, 20));
});

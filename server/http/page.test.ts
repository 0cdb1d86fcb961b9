import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { servePage } from './page.ts';

const SCRIPT = `export const text = '${'x'.repeat(5_000)}';`;

const aPage = () => {
  const around = mkdtempSync(join(tmpdir(), 'enlighten-page-'));
  onTestFinished(() => rmSync(around, { recursive: true }));
  const folder = join(around, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>one</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), SCRIPT);
  writeFileSync(join(around, 'outside.txt'), 'secret');
  const serve = servePage(folder);
  const get = (path: string, headers: Record<string, string> = {}) =>
    serve(new Request(`http://lab.test${path}`, { headers }));
  return { folder, get };
};

test.each(['/', '/labs', '/join/AAAAAAAAAAAAAAAAAAAAAA', '/lab/x7/xray', '/sign-in/abc'])(
  '%s is the page, which is asked for anew each time',
  async path => {
    const { get } = aPage();

    const answer = await get(path);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.text()).toBe('<title>one</title>');
  },
);

test('a file with a hash in its name is kept for good, and packed for who takes that', async () => {
  const { get } = aPage();

  const packed = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br' });
  const plain = await get('/assets/main-1a2b.js');

  expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(SCRIPT);
  expect(await plain.text()).toBe(SCRIPT);
});

test('what a browser has already is not sent again', async () => {
  const { get } = aPage();
  const etag = (await get('/')).headers.get('etag') ?? '';

  const again = await get('/', { 'if-none-match': etag });

  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test.each([
  '/assets/gone-9f8e.js',
  '/favicon.ico',
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/assets/..%5c..%5coutside.txt',
])('%s is not found', async path => {
  const { get } = aPage();

  const answer = await get(path);

  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('secret');
});

test('a new build is seen without a restart', async () => {
  const { folder, get } = aPage();
  await get('/');
  writeFileSync(join(folder, 'index.html'), '<title>two</title>');
  utimesSync(join(folder, 'index.html'), new Date(), new Date(Date.now() + 5_000));

  expect(await (await get('/')).text()).toBe('<title>two</title>');
});

test('a page that was never built says what to do', async () => {
  const serve = servePage(join(tmpdir(), 'enlighten-no-such-folder'));

  const answer = await serve(new Request('http://lab.test/'));

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error: { kind: 'no-page', next: expect.stringContaining('npm start') },
  });
});

import type { AddressInfo } from 'node:net';
import { Agent, createServer, request } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { expect, test } from 'vitest';
import { anInstructor } from '../../test/fixture/browser.ts';
import { aHouse, type HouseOptions } from '../../test/fixture/house.ts';
import { atEndOfFile } from '../../test/fixture/postgres.ts';

// Over a real socket: what http knows of the machine that asks comes from there.

const aServer = async (options: HouseOptions = {}) => {
  const house = await aHouse(options);
  // As the shipped server does; with other globals some requests would behave otherwise.
  const listener = getRequestListener(house.app.fetch, { overrideGlobalObjects: false });
  const server = createServer((asked, answer) => void listener(asked, answer));
  server.listen(0, '127.0.0.1');
  atEndOfFile(() => new Promise(resolve => server.close(resolve)));
  if (!server.listening) await new Promise(resolve => server.once('listening', resolve));
  return { ...house, port: (server.address() as AddressInfo).port };
};

const get = (port: number, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, answer => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end();
  });

test('the server is alive, and ready when everything it needs is', async () => {
  const [up, starting] = [await aServer(), await aServer({ ready: false })];

  expect(await get(up.port, '/health')).toMatchObject({ status: 200 });
  expect(await get(up.port, '/ready')).toMatchObject({ status: 200 });
  expect(await get(starting.port, '/health')).toMatchObject({ status: 200 });
  expect(await get(starting.port, '/ready')).toEqual({
    status: 503,
    text: '{"ready":false,"checks":{"database":false}}',
  });
});

test('metrics are for this machine itself, and never by way of a proxy or another name', async () => {
  const { port } = await aServer();
  await get(port, '/join/AAAAAAAAAAAAAAAAAAAAAA');

  const here = await get(port, '/metrics');
  const others = await Promise.all(
    [
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { host: `evil.example:${port}` },
      { authorization: 'Bearer guess' },
    ].map(headers => get(port, '/metrics', headers)),
  );

  expect(here.text).toContain('enlighten_http_request_seconds_count{method="GET",route="page"');
  expect(here.text).not.toContain('AAAA');
  expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 200]);
});

test('with a token metrics can be read from anywhere, and a wrong one is refused even here', async () => {
  const token = 'a-token-of-metrics';
  const { port } = await aServer({ metricsToken: token });
  const proxied = { 'x-forwarded-for': '203.0.113.9' };

  const right = await get(port, '/metrics', { ...proxied, authorization: `Bearer ${token}` });
  const wrong = await get(port, '/metrics', { authorization: 'Bearer wrong' });

  expect([right.status, wrong.status]).toEqual([200, 404]);
});

test('a join from a browser at a LAN address goes through a real socket, cookie and all', async () => {
  const house = await aServer();
  const { token } = await house.signInLinks.mint();
  const base = `http://127.0.0.1:${house.port}`;
  const headers = { 'content-type': 'application/json', origin: base };
  const body = JSON.stringify({ token });

  const signed = await fetch(`${base}/api/sign-in`, { method: 'POST', headers, body });
  const cookie = signed.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ');
  const me = await fetch(`${base}/api/me`, { headers: { cookie } });

  expect(await me.json()).toMatchObject({ name: 'Instructor' });
  const [row] = await house.database.sql`select ip_address from auth_session`;
  expect(row?.['ip_address']).toBe('127.0.0.1');
});

test('who sent too much is told so, and no later request of that connection is lost', async () => {
  const { port } = await aServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, agent }, answer => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.setHeader('content-type', 'application/json');
      asked.on('error', reject);
      asked.end(body);
    });

  const statuses: number[] = [];
  for (const size of [20_000, 2_000_000]) {
    statuses.push(await send('POST', '/api/sign-in', JSON.stringify({ token: 'x'.repeat(size) })));
    statuses.push(await send('GET', '/health', ''));
  }
  agent.destroy();

  expect(statuses).toEqual([413, 200, 413, 200]);
});

test('a request that tells no length is answered: a DELETE of a browser, a POST in pieces', async () => {
  const house = await aServer();
  const ada = await anInstructor(house, 'Ada');
  await anInstructor(house, 'Ada');
  const own = (await ada.get('/api/me/sessions')).json as { sessions: { session: string }[] };
  const path = `/api/me/sessions/${own.sessions[0]?.session}`;
  const send = (method: string, to: string, pieces: readonly string[]): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: house.port, path: to, method }, answer => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.setHeader('cookie', ada.cookieHeader());
      if (pieces.length > 0) asked.setHeader('content-type', 'application/json');
      asked.on('error', reject);
      for (const piece of pieces) asked.write(piece);
      asked.end();
    });

  const statuses = [
    await send('DELETE', path, []),
    await send('DELETE', path, []),
    await send('PATCH', '/api/me', ['{"name":', '"Ada"}']),
    await send('PATCH', '/api/me', ['{"name":"', 'x'.repeat(20_000), '"}']),
  ];

  expect(statuses).toEqual([204, 404, 200, 413]);
  expect(house.errors).toEqual([]);
});

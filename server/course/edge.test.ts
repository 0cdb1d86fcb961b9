import { expect, test } from 'vitest';
import { clientAddress, type Edge, isLoopbackHost, isOwnPage, ownHost, ownUrl } from './edge.ts';

const plain: Edge = { publicUrl: null, trustProxy: false };
const proxied: Edge = { publicUrl: null, trustProxy: true };
const named: Edge = { publicUrl: 'https://lab.example', trustProxy: true };

const from = (headers: Record<string, string>, remoteAddress = '192.0.2.7') => ({
  headers,
  remoteAddress,
});

test.each([
  ['http://192.168.1.20:7420', true],
  ['http://192.168.1.20:7421', false],
  ['http://192.168.1.21:7420', false],
  ['https://evil.example', false],
  ['null', false],
  ['', false],
])('a page of %j at a LAN address: own page %s', (origin, own) => {
  expect(isOwnPage(from({ host: '192.168.1.20:7420', origin }), plain)).toBe(own);
});

test.each([
  ['https://lab.example', true],
  ['http://lab.example', false],
  ['https://lab.example.evil.example', false],
  ['http://10.0.0.5:7420', false],
])('with PUBLIC_URL only its pages are ours: %s %s', (origin, own) => {
  expect(isOwnPage(from({ host: '10.0.0.5:7420', origin }), named)).toBe(own);
});

test('what no browser sends is let through, what a browser sends across sites is not', () => {
  const host = 'lab.example';

  expect(isOwnPage(from({ host }), plain)).toBe(true);
  expect(isOwnPage(from({ host, 'sec-fetch-site': 'same-origin' }), plain)).toBe(true);
  expect(isOwnPage(from({ host, 'sec-fetch-site': 'cross-site' }), plain)).toBe(false);
});

test('a default port may be said or left out', () => {
  expect(isOwnPage(from({ host: 'lab.example:80', origin: 'http://lab.example' }), plain)).toBe(
    true,
  );
  expect(isOwnPage(from({ host: 'lab.example', origin: 'https://lab.example' }), plain)).toBe(true);
});

test('what a proxy writes is believed only when there is one', () => {
  const headers = {
    host: '127.0.0.1:7420',
    'x-forwarded-for': '203.0.113.9, 198.51.100.4',
    'x-forwarded-host': 'lab.example',
    'x-forwarded-proto': 'https',
  };

  expect(clientAddress(from(headers), plain)).toBe('192.0.2.7');
  expect(ownUrl(from(headers), plain)).toBe('http://127.0.0.1:7420');
  // The last hop is the one our proxy wrote; what stands before it came from outside.
  expect(clientAddress(from(headers), proxied)).toBe('198.51.100.4');
  expect(ownUrl(from(headers), proxied)).toBe('https://lab.example');
});

test.each([
  "lab.example'; script-src *",
  'a b',
  'lab.example/path',
  '',
  'lab.example:99999999',
  '[::1',
])('a host like %j goes into no header and no link', host => {
  expect(ownHost(from({ host }), plain)).toBeNull();
});

test.each([
  ['localhost:7420', true],
  ['127.0.0.1', true],
  ['[::1]:80', true],
  ['localhost.evil.example', false],
  ['127.0.0.1.evil.example', false],
])('%s is this machine: %s', (host, loopback) => {
  expect(isLoopbackHost(host)).toBe(loopback);
});

test('an IPv4 address that came over IPv6 is the same machine', () => {
  expect(clientAddress(from({}, '::ffff:192.0.2.7'), plain)).toBe('192.0.2.7');
});

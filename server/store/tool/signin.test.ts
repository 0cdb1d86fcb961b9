import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { aBrowser } from '../../../test/fixture/browser.ts';
import { aHouse } from '../../../test/fixture/house.ts';
import { anEmptyDatabase } from '../../../test/fixture/postgres.ts';

const house = await aHouse();
const empty = await anEmptyDatabase();

const signin = (url: string, ...options: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('signin.ts', import.meta.url)), ...options], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url, PUBLIC_URL: 'https://lab.example' },
  });

test('npm run signin prints a link that signs in at the running server', async () => {
  const { stdout, status } = signin(house.database.url, '--name', 'Ada');

  const [, token = ''] = /https:\/\/lab\.example\/sign-in\/(\S+)/.exec(stdout) ?? [];
  const signed = await aBrowser(house).send('POST', '/api/sign-in', { token });
  expect(status).toBe(0);
  expect(signed.json).toMatchObject({ name: 'Ada', role: 'instructor' });
});

test.each([
  ['a database that no server has used', () => empty.url, [], 'start the server once'],
  [
    'a name that hides something',
    () => house.database.url,
    ['--name', 'A\u202eda'],
    'control characters',
  ],
])('with %s it says so and prints no link', (_what, url, options, sentence) => {
  const { stdout, stderr, status } = signin(url(), ...options);

  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(sentence);
});

import { expect, test } from 'vitest';
import { aHub } from '../../test/fixture/hub-house.ts';
import type { UpInput } from '../protocol/wire/up.ts';

const KIB = 1024;

/** The console that is looked at has so many characters in its history. */
const look = (id: string, characters: number): UpInput => ({
  t: 'console',
  id,
  console: String(characters),
  what: { do: 'look', from: null },
});

test('who asks for much of consoles and does not read is closed, not kept in memory', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  client.stopReading();
  for (let n = 0; n < 40; n += 1) client.say(look(`look-${n}`, 256 * KIB));

  await expect.poll(() => house.hub.figures.refused.get('too-slow'), { timeout: 5_000 }).toBe(1);
});

test('who reads is told all of it, however much that is', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  for (let n = 0; n < 40; n += 1) {
    client.say(look(`look-${n}`, 256 * KIB));
    await client.next('console-answer', ({ id }) => id === `look-${n}`);
  }

  expect(client.all('console-answer')).toHaveLength(40);
  expect(client.all('error').map(({ kind }) => kind)).not.toContain('too-slow');
});

test('a dozen consoles that are looked at together wait behind a reader that pauses', async () => {
  const house = await aHub();
  const client = await house.enter('grace');

  client.stopReading();
  for (let n = 0; n < 12; n += 1) client.say(look(`look-${n}`, 192 * KIB));
  await expect.poll(() => house.hub.figures.messagesIn).toBeGreaterThanOrEqual(13);
  client.readAgain();
  await client.next('console-answer', ({ id }) => id === 'look-11');

  expect(client.all('console-answer')).toHaveLength(12);
});

test('who may not command may look, and enters nothing', async () => {
  const house = await aHub({ denied: new Set(['lab.command']) });
  const client = await house.enter('grace');

  client.say(look('look-1', 1));
  await client.next('console-answer');
  for (const what of [
    { do: 'enter', text: 'Get-VM' },
    { do: 'take' },
    { do: 'want', keyboard: true },
    { do: 'complete', text: 'G', cursor: 1 },
    { do: 'typing', text: 'G', cursor: 1 },
  ] as const)
    client.say({ t: 'console', id: `do-${what.do}`, console: '1', what });
  await client.next('error', ({ about }) => about === 'do-typing');

  expect(client.all('error').map(({ kind }) => kind)).toEqual(Array(5).fill('not-allowed'));
  expect(client.all('console-answer')).toHaveLength(1);
});

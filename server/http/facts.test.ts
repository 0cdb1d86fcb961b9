import { expect, test } from 'vitest';
import { aGuest, aJoinToken, aLab, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';
import type { Question } from '../lab/port.ts';

const asked: Question[] = [];
const house = await aHouse({
  ask: question => {
    asked.push(question);
    return { ok: true, value: { facts: [], more: false } };
  },
});

test('facts are asked for with what stands behind the address, and with who asks', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const grace = await aGuest(house, await aJoinToken(ada, lab), 'Grace');
  asked.length = 0;

  const all = await ada.get(`/api/labs/${lab}/facts`);
  await grace.get(`/api/labs/${lab}/facts?scope=vm:1&before=700&turn=90&limit=50`);

  expect([all.status, all.json]).toEqual([200, { facts: [], more: false }]);
  expect(asked).toEqual([
    { q: 'facts', audience: 'instructor', scope: 'lab', before: null, turn: null, limit: 500 },
    { q: 'facts', audience: 'everyone', scope: 'vm:1', before: 700, turn: 90, limit: 50 },
  ]);
});

test.each([
  'scope=kitchen',
  'before=0',
  'before=1.5',
  'turn=soon',
  'limit=2001',
  'limit=',
  'offset=3',
])('facts are not asked for with ?%s', async query => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);

  const refused = await ada.get(`/api/labs/${lab}/facts?${query}`);

  expect(refused.status).toBe(400);
  expect(refused.json).toMatchObject({ error: { kind: 'malformed' } });
});

test('the document tells what may stand behind the address', async () => {
  const ada = await anInstructor(house, 'Ada');

  const { json } = await ada.get('/api/openapi.json');

  const { paths } = json as {
    paths: Record<string, Record<string, { parameters: { name: string; required: boolean }[] }>>;
  };
  const { parameters } = paths['/api/labs/{lab}/facts']?.['get'] ?? { parameters: [] };
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ['lab', true],
    ['scope', false],
    ['before', false],
    ['turn', false],
    ['limit', false],
  ]);
});

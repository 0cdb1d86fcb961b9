import { expect, test } from 'vitest';
import { aBrowser, aGuest, aJoinToken, aLab, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse();

test('a stranger joins by link as a guest and sees that lab only', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  await aLab(ada, 'Another');
  const token = await aJoinToken(ada, lab);
  const browser = aBrowser(house);

  const joined = await browser.send('POST', '/api/join', { token, name: '  Grace   Hopper ' });

  expect(joined.status).toBe(200);
  expect(joined.json).toMatchObject({
    lab: { lab, role: 'learner', name: 'Fabric' },
    me: { name: 'Grace Hopper', role: 'learner', may: ['house.self'] },
  });
  expect((await browser.get('/api/labs')).json).toMatchObject({ labs: [{ lab }] });
});

test('a join link says where it leads before anybody enters', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const token = await aJoinToken(ada, lab);

  const looked = await aBrowser(house).get(`/api/join/${token}`);

  expect(looked.json).toEqual({ lab: { lab, name: 'Fabric' }, role: 'learner', signedInAs: null });
});

test('a guest who joins a second lab stays the same person', async () => {
  const ada = await anInstructor(house, 'Ada');
  const [one, two] = [await aLab(ada), await aLab(ada)];
  const guest = await aGuest(house, await aJoinToken(ada, one), 'Linus');
  const before = (await guest.get('/api/me')).json;

  const joined = await guest.send('POST', '/api/join', { token: await aJoinToken(ada, two) });

  expect(joined.status).toBe(200);
  expect((await guest.get('/api/me')).json).toMatchObject({
    person: (before as { person: string }).person,
    name: 'Linus',
  });
});

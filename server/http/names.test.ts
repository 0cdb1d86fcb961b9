import { expect, test } from 'vitest';
import { aBrowser, aGuest, aJoinToken, aLab, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse();

test.each(['Instructor', '1nstruct0r', 'Ada', 'Аdа', 'A d a', 'GRACE', 'Grасe'])(
  'in a lab of Ada and Grace no guest is called %j, and the sentence says why',
  async name => {
    const ada = await anInstructor(house, 'Ada');
    const lab = await aLab(ada);
    const token = await aJoinToken(ada, lab);
    await aGuest(house, token, 'Grace');

    const refused = await aBrowser(house).send('POST', '/api/join', { token, name });
    const added = await aBrowser(house).send('POST', '/api/join', { token, name: 'Grace H.' });

    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({
      error: { kind: 'name', message: expect.stringMatching(/guest cannot|Somebody in this lab/u) },
    });
    expect(added.status).toBe(200);
  },
);

test('of guests of one name who join at once by two links, one comes in', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const tokens = [await aJoinToken(ada, lab), await aJoinToken(ada, lab)];

  const joins = await Promise.all(
    [...tokens, ...tokens].map(token =>
      aBrowser(house).send('POST', '/api/join', { token, name: 'Linus' }),
    ),
  );

  expect(joins.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(joins.filter(({ status }) => status === 422)).toHaveLength(3);
});

test('a guest takes the name of nobody by renaming or by another lab; an account is who it is', async () => {
  const ada = await anInstructor(house, 'Ada');
  const [one, two] = [await aLab(ada), await aLab(ada)];
  const linus = await aGuest(house, await aJoinToken(ada, one), 'Linus');
  const grace = await aGuest(house, await aJoinToken(ada, one), 'Grace');
  await aGuest(house, await aJoinToken(ada, two), 'Linus');
  const barbara = await anInstructor(house, 'Linus');

  const answers = [
    await grace.send('PATCH', '/api/me', { name: 'Linus' }),
    await grace.send('PATCH', '/api/me', { name: 'The Instructor' }),
    await grace.send('PATCH', '/api/me', { name: 'grace' }),
    await linus.send('POST', '/api/join', { token: await aJoinToken(ada, two) }),
    await barbara.send('POST', '/api/join', { token: await aJoinToken(ada, two) }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([422, 422, 200, 422, 200]);
});

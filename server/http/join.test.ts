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

test('a link is used by a whole class until it is revoked; who is in stays', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const token = await aJoinToken(ada, lab);
  const first = await aGuest(house, token, 'First');
  await aGuest(house, token, 'Second');
  const { links } = (await ada.get(`/api/labs/${lab}/links`)).json as { links: { link: string }[] };

  await ada.send('DELETE', `/api/labs/${lab}/links/${links[0]?.link}`);
  const late = await aBrowser(house).send('POST', '/api/join', { token, name: 'Late' });

  expect(late.status).toBe(410);
  expect((await first.get(`/api/labs/${lab}`)).status).toBe(200);
  expect((await ada.get(`/api/labs/${lab}/links`)).json).toMatchObject({
    links: [{ uses: 2, revokedAt: expect.any(String) }],
  });
});

test('a link ends by time and with its lab', async () => {
  const ada = await anInstructor(house, 'Ada');
  const [old, archived] = [await aLab(ada), await aLab(ada)];
  const tokens = [await aJoinToken(ada, old), await aJoinToken(ada, archived)];
  await house.database.sql`update join_link set expires_at = now() where lab = ${old}`;
  await ada.send('POST', `/api/labs/${archived}/archive`);

  const answers = await Promise.all(
    tokens.map(token => aBrowser(house).send('POST', '/api/join', { token, name: 'Late' })),
  );

  expect(answers.map(({ status }) => status)).toEqual([410, 410]);
});

test('an unknown token, a wrong one and one of nonsense are refused alike', async () => {
  const tokens = ['A'.repeat(22), 'x', '%'.repeat(20)];

  const joins = await Promise.all(
    tokens.map(token => aBrowser(house).send('POST', '/api/join', { token, name: 'Guess' })),
  );
  const looks = await Promise.all(
    tokens.map(token => aBrowser(house).get(`/api/join/${encodeURIComponent(token)}`)),
  );

  const bodies = [...joins, ...looks].map(({ text }) => text);
  expect(new Set(bodies).size).toBe(1);
  expect(joins[0]?.status).toBe(410);
});

test.each(['', '  ', 'a'.repeat(41), 'Ada\u202e', 'Ada\u0000', '\u2066Ada', 'Ada\nAda'])(
  'a guest cannot be called %j, and no person is made',
  async name => {
    const ada = await anInstructor(house, 'Ada');
    const token = await aJoinToken(ada, await aLab(ada));
    const before = await house.database.sql`select count(*) from person`;

    const refused = await aBrowser(house).send('POST', '/api/join', { token, name });

    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({ error: { kind: 'name' } });
    expect(await house.database.sql`select count(*) from person`).toEqual(before);
  },
);

test('a link raises the role of who is in, and never lowers it', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const guest = await aGuest(house, await aJoinToken(ada, lab), 'Assistant');

  const token = await aJoinToken(ada, lab, { role: 'instructor' });
  const raised = await guest.send('POST', '/api/join', { token });
  const lowered = await guest.send('POST', '/api/join', { token: await aJoinToken(ada, lab) });

  expect(raised.json).toMatchObject({ lab: { role: 'instructor' }, me: { role: 'learner' } });
  expect(lowered.json).toMatchObject({ lab: { role: 'instructor' } });
});

test('of a class that joins at once, no more come in than the quota says', async () => {
  const small = await aHouse({ limits: { membersPerLab: 5 } });
  const ada = await anInstructor(small, 'Ada');
  const lab = await aLab(ada);
  const token = await aJoinToken(ada, lab);

  const joins = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      aBrowser(small).send('POST', '/api/join', { token, name: `Guest ${n}` }),
    ),
  );

  const refused = joins.filter(({ status }) => status === 409);
  expect(joins.filter(({ status }) => status === 200)).toHaveLength(4);
  expect(refused[0]?.json).toMatchObject({
    error: {
      kind: 'quota',
      quota: 'membersPerLab',
      limit: 5,
      message: expect.stringContaining('people in a lab'),
    },
  });
  const people = await small.database.sql`select count(*)::int as count from person`;
  expect(people[0]?.['count']).toBe(5);
});

test('of join links made at once, no more are open than the quota says; revoked ones do not count', async () => {
  const small = await aHouse({ limits: { linksPerLab: 3 } });
  const ada = await anInstructor(small, 'Ada');
  const lab = await aLab(ada);
  const make = () => ada.send('POST', `/api/labs/${lab}/links`, {});

  const made = await Promise.all([make(), make(), make(), make(), make()]);
  const { links } = (await ada.get(`/api/labs/${lab}/links`)).json as { links: { link: string }[] };
  await ada.send('DELETE', `/api/labs/${lab}/links/${links[0]?.link}`);
  const after = await make();

  expect(made.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(made.find(({ status }) => status === 409)?.json).toMatchObject({
    error: { kind: 'quota', quota: 'linksPerLab', limit: 3 },
  });
  expect(after.status).toBe(201);
});

test('who is removed is out, and comes back only by a link', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const token = await aJoinToken(ada, lab);
  const guest = await aGuest(house, token, 'Troll');
  const { person } = (await guest.get('/api/me')).json as { person: string };
  const before = house.told.length;

  const removed = await ada.send('DELETE', `/api/labs/${lab}/people/${person}`);

  expect(removed.status).toBe(204);
  expect((await guest.get(`/api/labs/${lab}`)).status).toBe(404);
  expect(house.told.slice(before)).toEqual([{ type: 'MembershipEnded', lab, person }]);
  expect((await guest.send('POST', '/api/join', { token })).status).toBe(200);
});

test('whoever was in a lab keeps the name that belongs to what was done there', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const guest = await aGuest(house, await aJoinToken(ada, lab), 'Grace');
  const { person } = (await guest.get('/api/me')).json as { person: string };
  await house.database.sql`update lab set owner = null where id = ${lab}`;
  await ada.send('DELETE', `/api/labs/${lab}/people/${person}`);

  const { people } = (await ada.get(`/api/labs/${lab}/people`)).json as { people: object[] };

  expect(people).toContainEqual(
    expect.objectContaining({ person, name: 'Grace', role: null, guest: true }),
  );
  expect(people).toContainEqual(
    expect.objectContaining({ name: 'Ada', role: 'instructor', guest: false }),
  );
});

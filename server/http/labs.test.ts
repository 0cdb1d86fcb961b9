import { expect, test } from 'vitest';
import { aBrowser, aGuest, aJoinToken, aLab, anInstructor } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';

const house = await aHouse({ lanUrl: 'http://192.0.2.7:7420' });

test('who makes a lab owns it, sees what it was made from, and may do everything in it', async () => {
  const ada = await anInstructor(house, 'Ada');

  const made = await ada.send('POST', '/api/labs', { name: 'Drei Höste', file: 'hosts: {}\n' });

  const { lab, may } = made.json as { lab: string; may: string[] };
  expect(made.status).toBe(201);
  expect(lab).toMatch(/^lab:drei-hoste-[2-9a-z]{6}$/);
  expect(may).toContain('lab.fault');
  expect((await ada.get(`/api/labs/${lab}/file`)).json).toEqual({ file: 'hosts: {}\n' });
});

test('a lab file with mistakes makes no lab and names each line', async () => {
  const ada = await anInstructor(house, 'Ada');
  const before = (await ada.get('/api/labs')).text;

  const refused = await ada.send('POST', '/api/labs', { name: 'Tabs', file: 'hosts:\n\tHV1: {}' });

  expect(refused.status).toBe(422);
  expect(refused.json).toMatchObject({
    error: { kind: 'lab-file', faults: [{ line: 2, path: 'hosts', message: 'has a tab' }] },
  });
  expect((await ada.get('/api/labs')).text).toBe(before);
});

test.each([
  ['a NUL', { name: 'Lab', file: 'a\u0000b' }, 400],
  ['no file', { name: 'Lab' }, 400],
  ['more than asked', { name: 'Lab', file: '', owner: 'person:me' }, 400],
  ['a bidirectional name', { name: '\u202eLab', file: '' }, 422],
  ['201 virtual machines', { name: 'Lab', file: 'vm:'.repeat(201) }, 409],
])('a lab with %s is refused', async (_what, body, status) => {
  const ada = await anInstructor(house, 'Ada');

  expect((await ada.send('POST', '/api/labs', body)).status).toBe(status);
});

test('a lab file of ten megabytes is refused before it is read', async () => {
  const ada = await anInstructor(house, 'Ada');

  const refused = await ada.send('POST', '/api/labs', {
    name: 'Big',
    file: 'x'.repeat(10_000_000),
  });

  expect(refused.status).toBe(413);
  expect(refused.json).toMatchObject({ error: { kind: 'too-large' } });
});

test('of many labs made at once, no more are made than the quota says; archived ones do not count', async () => {
  const small = await aHouse({ limits: { labsPerInstructor: 3 } });
  const ada = await anInstructor(small, 'Ada');
  const make = () => ada.send('POST', '/api/labs', { name: 'Lab', file: '' });

  const made = await Promise.all(Array.from({ length: 8 }, make));
  const { labs } = (await ada.get('/api/labs')).json as { labs: { lab: string }[] };
  await ada.send('POST', `/api/labs/${labs[0]?.lab}/archive`);

  expect(made.filter(({ status }) => status === 201)).toHaveLength(3);
  expect((await make()).status).toBe(201);
  expect((await make()).status).toBe(409);
});

test('an archived lab is nowhere any more, and its rows stay', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const guest = await aGuest(house, await aJoinToken(ada, lab), 'Grace');
  const before = house.told.length;

  const archived = await ada.send('POST', `/api/labs/${lab}/archive`);

  expect(archived.status).toBe(204);
  for (const who of [ada, guest]) expect((await who.get(`/api/labs/${lab}`)).status).toBe(404);
  expect(house.told.slice(before)).toEqual([{ type: 'LabArchived', lab }]);
  const rows = await house.database.sql`select file from lab where id = ${lab}`;
  expect(rows).toHaveLength(1);
});

test('a lab that the house brought belongs to every instructor, and to learners by link', async () => {
  const made = await house.labs.create({ name: 'Demo', file: '', owner: null, lab: 'lab:demo' });
  const [ada, bob] = [await anInstructor(house, 'Ada'), await anInstructor(house, 'Bob')];
  const token = await aJoinToken(ada, 'lab:demo');
  const guest = await aGuest(house, token, 'Grace');

  expect(made).toEqual({ ok: true, value: 'lab:demo' });
  expect((await bob.get('/api/labs/lab:demo')).json).toMatchObject({
    role: 'instructor',
    owner: null,
  });
  expect((await guest.get('/api/labs/lab:demo')).json).toMatchObject({ role: 'learner' });
});

test('labs of others cannot be reached by their ids', async () => {
  const [ada, eve] = [await anInstructor(house, 'Ada'), await anInstructor(house, 'Eve')];
  const lab = await aLab(ada);
  const hers = await aLab(eve);
  await aJoinToken(ada, lab);
  const { links } = (await ada.get(`/api/labs/${lab}/links`)).json as { links: { link: string }[] };
  const { people } = (await ada.get(`/api/labs/${lab}/people`)).json as {
    people: { person: string }[];
  };
  const [link, person] = [links[0]?.link, people[0]?.person];

  const answers = [
    await eve.get(`/api/labs/${lab}`),
    await eve.get(`/api/labs/${lab}/file`),
    await eve.send('POST', `/api/labs/${lab}/links`, {}),
    // By way of a lab that is hers.
    await eve.send('DELETE', `/api/labs/${hers}/links/${link}`),
    await eve.send('DELETE', `/api/labs/${hers}/people/${person}`),
    await eve.get('/api/labs/lab:nowhere'),
    await eve.get('/api/labs/not-an-id'),
    await eve.get('/api/labs/lab:%00'),
    await eve.get(`/api/labs/lab:${'x'.repeat(5_000)}`),
  ];

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test('the owner of a lab cannot be removed from it', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  const helper = await aGuest(house, await aJoinToken(ada, lab, { role: 'instructor' }), 'Helper');
  const { person } = (await ada.get('/api/me')).json as { person: string };

  const refused = await helper.send('DELETE', `/api/labs/${lab}/people/${person}`);

  expect(refused.status).toBe(404);
  expect((await ada.get(`/api/labs/${lab}`)).status).toBe(200);
});

test('a join link made at the server itself leads to where a class can reach it, as text and as a picture', async () => {
  const local = aBrowser(house, 'localhost:7420');
  await local.send('POST', '/api/sign-in', { token: (await house.signInLinks.mint()).token });
  const lab = await aLab(local);

  const made = (await local.send('POST', `/api/labs/${lab}/links`, {})).json;
  const elsewhere = await anInstructor(house);
  const remote = (await elsewhere.send('POST', `/api/labs/${lab}/links`, {})).json;

  expect(made).toMatchObject({
    url: expect.stringMatching(/^http:\/\/192\.0\.2\.7:7420\/join\/[\w-]{22}$/),
    qr: expect.stringMatching(/^<svg /),
  });
  expect(remote).toMatchObject({
    url: expect.stringMatching(/^http:\/\/house\.test:7420\/join\//),
  });
});

test('what was done to a lab, and by whom, is in the audit', async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  await aGuest(house, await aJoinToken(ada, lab), 'Grace');
  await ada.send('POST', `/api/labs/${lab}/archive`);

  const rows = await house.database
    .sql`select action, person from audit where subject = ${lab} order by id`;

  expect(rows.map(({ action }) => action)).toEqual([
    'LabCreated',
    'JoinLinkMade',
    'Joined',
    'LabArchived',
  ]);
});

import { expect, test } from 'vitest';
import {
  aBrowser,
  aGuest,
  aJoinToken,
  aLab,
  anInstructor,
  type Browser,
} from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';
import { AUTHORISATION, may, type Verb } from '../course/authorisation.ts';
import type { Role } from '../protocol/role.ts';
import { ROUTES } from './route/index.ts';
import type { Route } from './route/route.ts';

const house = await aHouse({ limits: { labsPerInstructor: 200 } });

/** What a route is asked with, so that nothing but rights can stand in the way. */
const BODIES: Readonly<Record<string, unknown>> = {
  'patch /api/me': { name: 'Ada' },
  'post /api/me/password': { email: 'ada@school.example', password: '' },
  'post /api/labs': { name: 'Lab', file: '' },
  'post /api/labs/:lab/links': {},
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const ask = (browser: Browser, route: Route, lab: string) => {
  const path = route.path
    .replace(':lab', lab)
    .replace(':link', 'link:none')
    .replace(':person', 'person:none')
    .replace(':token', 'none');
  return route.method === 'get'
    ? browser.get(path)
    : browser.send(route.method.toUpperCase(), path, BODIES[nameOf(route)]);
};

const cast = async () => {
  const ada = await anInstructor(house, 'Ada');
  const lab = await aLab(ada);
  return {
    lab,
    nobody: aBrowser(house),
    outsider: await anInstructor(house, 'Eve'),
    learner: await aGuest(house, await aJoinToken(ada, lab), 'Grace'),
    instructor: ada,
  };
};

const guarded = ROUTES.flatMap(route =>
  'verb' in route.access ? [[nameOf(route), route, route.access.verb] as const] : [],
);

test.each(guarded)('%s asks the authorisation table', async (_name, route, verb) => {
  const { lab, nobody, outsider, learner, instructor } = await cast();
  const right = async (browser: Browser) => {
    const { json } = await ask(browser, route, lab);
    const kind = (json as { error?: { kind: string } } | undefined)?.error?.kind;
    return kind === 'not-signed-in' || kind === 'not-allowed' ? kind : 'let through';
  };
  const byTable = (role: Role) => (may(role, verb) ? 'let through' : 'not-allowed');

  const rights = [await right(nobody), await right(learner), await right(instructor)];
  const stranger = await ask(outsider, route, lab);

  expect(rights).toEqual(['not-signed-in', byTable('learner'), byTable('instructor')]);
  if (!verb.startsWith('house.')) expect(stranger.status).toBe(404);
});

test('a route that asks nobody says why, and there are only the ways in and out', () => {
  const open = ROUTES.filter(route => 'anyone' in route.access).map(nameOf);

  expect(open).toEqual([
    'post /api/sign-in',
    'post /api/sign-in/password',
    'post /api/sign-out',
    'get /api/join/:token',
    'post /api/join',
  ]);
});

test('what hono answers is the table, the house and nothing else', () => {
  const answered = new Set(
    house.app.routes.filter(({ method }) => method !== 'ALL').map(r => `${r.method} ${r.path}`),
  );
  const table = ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

  expect([...answered]).toEqual([
    ...table,
    'GET /health',
    'GET /ready',
    'GET /metrics',
    'GET /api/openapi.json',
    'GET /*',
  ]);
});

test('every verb of http stands in the table, and every verb of the table is asked by somebody', () => {
  const asked = new Set<string>(guarded.map(([, , verb]) => verb));
  // These are asked by the hub, on messages.
  const hub: Verb[] = ['lab.command', 'clock.control', 'lab.inspect-instructor', 'lab.fault'];

  expect(Object.keys(AUTHORISATION).filter(verb => !asked.has(verb))).toEqual(hub);
});

import { expect, test } from 'vitest';
import { aBrowser } from '../../test/fixture/browser.ts';
import { aHouse } from '../../test/fixture/house.ts';
import { ERRORS } from './error.ts';
import { ROUTES } from './route/index.ts';

const house = await aHouse();

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}
interface Operation {
  summary: string;
  parameters?: { name: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string }>;
}

const read = async (): Promise<Document> =>
  (await aBrowser(house).get('/api/openapi.json')).json as Document;

test('the document has every route of the table and no other', async () => {
  const document = await read();

  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  );
  const table = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual(
    table.toSorted((a, b) => a.localeCompare(b)),
  );
  expect(document.openapi).toBe('3.1.0');
});

test('each says its parameters, its body and its answer by schema', async () => {
  const { paths, components } = await read();

  const made = paths['/api/labs/{lab}/links']?.['post'];
  expect(made?.parameters?.map(({ name }) => name)).toEqual(['lab']);
  expect(made?.requestBody?.content['application/json']?.schema).toMatchObject({
    properties: { role: { enum: ['instructor', 'learner'] }, expiresInHours: { default: 12 } },
  });
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['Me', 'Lab', 'JoinLink', 'Person', 'Error']),
  );
});

test('every refusal that a route tells is one of the table of errors', async () => {
  const { paths } = await read();

  const refusals = Object.values(paths)
    .flatMap(methods => Object.values(methods))
    .flatMap(({ responses }) => Object.entries(responses))
    .filter(([status]) => Number(status) >= 400);

  expect(refusals.length).toBeGreaterThan(ROUTES.length);
  for (const [status, { description }] of refusals) {
    for (const kind of description.split(', ')) {
      expect(ERRORS[kind as keyof typeof ERRORS].status).toBe(Number(status));
    }
  }
});

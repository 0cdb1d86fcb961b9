import type { Hono } from 'hono';
import { type DescribeRouteOptions, generateSpecs, resolver } from 'hono-openapi';
import { z } from 'zod';
import { type ErrorKind, ERRORS } from './error.ts';
import type { Env } from './incoming.ts';
import type { Route } from './route/route.ts';

// The document is made of the same rows and schemas that answer, so it cannot say anything else.

const errorShape = z
  .object({
    error: z.looseObject({
      kind: z.enum(Object.keys(ERRORS) as [ErrorKind, ...ErrorKind[]]),
      message: z.string().meta({ description: 'A sentence for people' }),
      next: z.string().meta({ description: 'What to do now' }),
    }),
  })
  .meta({ id: 'Error' });

export const describe = (route: Route): DescribeRouteOptions => ({
  summary: route.about,
  description:
    'verb' in route.access
      ? `Needs the right \`${route.access.verb}\`.`
      : `For anyone: ${route.access.anyone}.`,
  ...('verb' in route.access ? { security: [{ session: [] }] } : {}),
  parameters: [
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      in: 'path' as const,
      name: name ?? '',
      required: true,
      schema: { type: 'string' as const },
    })),
    ...queryOf(route),
  ],
  ...(route.body === null ? {} : { requestBody: { required: true, content: json(route.body) } }),
  responses: {
    [route.status]: {
      description: 'Done',
      ...(route.answer === null ? {} : { content: json(route.answer) }),
    },
    ...refusals(route),
  },
});

const queryOf = ({ query }: Route): NonNullable<DescribeRouteOptions['parameters']> =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { $schema: _, ...told } = z.toJSONSchema(schema, { unrepresentable: 'any' });
    return {
      in: 'query',
      name,
      required: !z.safeParse(schema, undefined).success,
      schema: told as object,
    };
  });

/** What any route like this one may refuse, then what only this one does. */
export const faultsOf = (route: Route): readonly ErrorKind[] => {
  const isLab = route.path.includes('/:lab');
  return [
    ...(route.query === null || route.body !== null ? [] : (['malformed'] as const)),
    ...(route.body === null ? [] : (['malformed', 'not-json', 'too-large'] as const)),
    ...(route.method === 'get' ? [] : (['foreign-page'] as const)),
    ...('verb' in route.access ? (['not-signed-in', 'not-allowed'] as const) : []),
    ...(isLab ? (['not-found'] as const) : []),
    ...(route.limits.length === 0 ? [] : (['too-many-attempts'] as const)),
    ...route.faults,
    'internal',
    'not-ready',
  ];
};

const refusals = (route: Route): DescribeRouteOptions['responses'] => {
  const kinds = faultsOf(route);
  const statuses = [...new Set(kinds.map(kind => ERRORS[kind].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map(status => {
      const here = kinds.filter(kind => ERRORS[kind].status === status);
      return [status, { description: here.join(', '), content: json(errorShape) }];
    }),
  );
};

const json = (schema: z.ZodType) => ({ 'application/json': { schema: resolver(schema) } });

export const openApiDocument = (app: Hono<Env>, version: string) =>
  generateSpecs(app, {
    documentation: {
      info: {
        title: 'Enlighten',
        version,
        description: 'Labs, people and links. What happens inside a lab goes over its WebSocket.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'session_token' },
        },
      },
    },
  });

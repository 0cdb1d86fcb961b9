import type { Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { fail, ok, type Result } from '../base/result.ts';
import { type LabVerb, may } from '../course/authorisation.ts';
import { clientAddress, isOwnPage } from '../course/edge.ts';
import type { LabSummary, Viewer } from '../course/port.ts';
import type { LabId } from '../protocol/id.ts';
import type { HttpDeps } from './deps.ts';
import { errorResponse, type Fault } from './error.ts';
import { type Env, incomingOf } from './incoming.ts';
import { describe } from './openapi.ts';
import type { Ask, Route } from './route/route.ts';

// From a row to an answer, in this order and nowhere else: size, own page, limit, who, right, form.

export const mount = (app: Hono<Env>, routes: readonly Route[], deps: HttpDeps): void => {
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path, describeRoute(describe(route)), c =>
      answer(c, route, deps),
    );
  }
  for (const path of new Set(routes.map(route => route.path))) {
    const allow = routes
      .filter(route => route.path === path)
      .map(route => route.method.toUpperCase())
      .join(', ');
    app.all(path, () => errorResponse({ kind: 'wrong-method' }, { allow }));
  }
};

/** The rest of it is not read: whoever sent another request behind it on this connection must send it anew. */
const tooLarge = (): Response => errorResponse({ kind: 'too-large' }, { connection: 'close' });

const answer = async (c: Context<Env>, route: Route, deps: HttpDeps): Promise<Response> => {
  c.set('pattern', route.path);
  const ask = await admit(c, route, deps);
  const outcome = ask.ok ? await route.respond(ask.value) : ask;
  if (!outcome.ok)
    return outcome.fault.kind === 'too-large' ? tooLarge() : errorResponse(outcome.fault);

  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of outcome.value.cookies ?? []) headers.append('set-cookie', cookie);
  return route.answer === null
    ? new Response(null, { status: route.status, headers })
    : Response.json(outcome.value.body, { status: route.status, headers });
};

const admit = async (
  c: Context<Env>,
  route: Route,
  deps: HttpDeps,
): Promise<Result<Ask<unknown>, Fault>> => {
  const incoming = incomingOf(c);
  if (Number(c.req.header('content-length') ?? 0) > route.maxBytes)
    return fail({ kind: 'too-large' });
  if (route.method !== 'get' && !isOwnPage(incoming, deps.edge))
    return fail({ kind: 'foreign-page' });

  const address = clientAddress(incoming, deps.edge);
  for (const limit of route.limits) {
    const taken = await deps.attempts.take(limit, address);
    if (!taken.ok) return taken;
  }

  const viewer = await deps.identity.identify(incoming);
  const params: Record<string, string> = c.req.param();
  const query: Record<string, string> = c.req.query();
  const lab = await allowed(route, viewer, { deps, id: params['lab'] });
  if (!lab.ok) return lab;

  const body = route.body === null ? ok(undefined) : await readJson(c, route.maxBytes);
  if (!body.ok) return body;
  const known = { deps, incoming, address, params, query, viewer };
  return ok({ ...known, lab: lab.value, body: body.value });
};

/** The one place of http that asks the authorisation table. A lab one is not in is not there at all. */
const allowed = async (
  { access }: Route,
  viewer: Viewer | null,
  { deps, id }: { deps: HttpDeps; id: string | undefined },
): Promise<Result<LabSummary | null, Fault>> => {
  if ('anyone' in access) return ok(null);
  if (viewer === null) return fail({ kind: 'not-signed-in' });
  const { verb } = access;
  if (!isLabVerb(verb)) return may(viewer.role, verb) ? ok(null) : fail({ kind: 'not-allowed' });

  const lab = isLabId(id) ? await deps.labs.labFor(id, viewer.person) : null;
  if (lab === null) return fail({ kind: 'not-found' });
  return may(lab.role, verb) ? ok(lab) : fail({ kind: 'not-allowed' });
};

const isLabVerb = (verb: string): verb is LabVerb => !verb.startsWith('house.');

/** Also keeps from the database what Postgres cannot hold in a text. */
const isLabId = (text: string | undefined): text is LabId =>
  text !== undefined && /^lab:[\w-]{1,100}$/.test(text);

const readJson = async (c: Context<Env>, most: number): Promise<Result<unknown, Fault>> => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return fail({ kind: 'not-json' });
  const text = await readText(c.req.raw.body, most);
  if (text === null) return fail({ kind: 'too-large' });
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail({ kind: 'malformed', faults: [{ path: '', message: 'is not JSON' }] });
  }
};

/**
 * Null when it is more than that; a length need not be told before. Not by hono's bodyLimit, which makes
 * a new Request of whatever tells none, and the Request of @hono/node-server cannot be made into one.
 */
const readText = async (
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<string | null> => {
  const reader = body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    size += read.value.length;
    if (size > most) return null;
    parts.push(read.value);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
};

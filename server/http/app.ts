import { Hono } from 'hono';
import { isOwnPage } from '../course/edge.ts';
import type { HttpDeps } from './deps.ts';
import { errorResponse, type Fault, isAway, withoutValues } from './error.ts';
import { type Env, incomingOf } from './incoming.ts';
import { mayReadMetrics, observeHttp } from './metrics.ts';
import { mount } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { servePage } from './page.ts';
import { ROUTES } from './route/index.ts';
import { securityHeaders } from './security-headers.ts';

// The REST, as /api/openapi.json tells it in full. Bodies and answers are JSON; moments are ISO texts.
// Every refusal is {error: {kind, message, next, ...facts}}; the kinds are the rows of error.ts.
//
//   POST   /api/sign-in               {token}                       200 Me, sets the session cookie
//   POST   /api/sign-in/password      {email, password}             200 Me, sets the session cookie
//   POST   /api/sign-out              {everywhere?}                 204
//   GET    /api/me                                                  200 Me, lengthens the session
//   PATCH  /api/me                    {name}                        200 Me
//   GET    /api/me/account                                          200 Account
//   POST   /api/me/password           {email, password, current?}   200 Account; other sessions end
//   GET    /api/me/sessions                                         200 {sessions: Session[]}
//   DELETE /api/me/sessions/:session                                204
//   GET    /api/join/:token                                         200 {lab: {lab, name}, role, signedInAs}
//   POST   /api/join                  {token, name?}                200 {lab: Lab, me: Me}, sets the cookie
//   GET    /api/samples                                             200 {samples: [{name, about, file}]}
//   GET    /api/labs                                                200 {labs: Lab[]}
//   POST   /api/labs                  {name, file}                  201 Lab, or 422 lab-file {faults: [{line, path, message}]}
//   GET    /api/labs/:lab                                           200 Lab
//   GET    /api/labs/:lab/file                                      200 {file}
//   POST   /api/labs/:lab/archive                                   204
//   POST   /api/labs/:lab/links       {role?, expiresInHours?}      201 JoinLink & {url, qr}
//   GET    /api/labs/:lab/links                                     200 {links: JoinLink[]}
//   DELETE /api/labs/:lab/links/:link                               204
//   GET    /api/labs/:lab/people                                    200 {people: Person[]}
//   DELETE /api/labs/:lab/people/:person                            204
//   POST   /api/labs/:lab/view        {moment: {turn} | {at}, scope?, also?, branch?}  200 {turn, at, hash, mark, note, records, ...}
//   POST   /api/labs/:lab/fork        {moment}                    201 {branch, turn, at}
//   POST   /api/labs/:lab/rewind      {moment}                    200 {branch, turn, at}
//   GET    /api/openapi.json, /health, /ready; /metrics for this machine or with the token
//   POST   /api/auth/revoke-other-sessions (better-auth)            200 {status}
//
// Me       {person, name, role, expires, may: Verb[]}
// Lab      {lab, name, role, owner: person | null, createdAt, may: Verb[]}
// JoinLink {link, role, createdBy, createdAt, expiresAt, revokedAt | null, uses}
// Person   {person, name, role, joinedAt}

export const createApp = (deps: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>();
  const observe = observeHttp(deps.metrics);

  app.use(async (c, next) => {
    const began = performance.now();
    await next();
    const headers = securityHeaders(incomingOf(c), deps.edge);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    observe({
      method: c.req.method,
      route: c.get('pattern') ?? 'page',
      status: c.res.status,
      seconds: (performance.now() - began) / 1_000,
    });
  });

  app.onError((error, c) => {
    const away = isAway(error);
    const route = c.get('pattern') ?? 'page';
    const message = away ? 'the database is away' : 'a request met a broken server';
    deps.log.error({ ...withoutValues(error), method: c.req.method, route }, message);
    return errorResponse({ kind: away ? 'not-ready' : 'internal' });
  });

  mount(app, ROUTES, deps);
  mountHouse(app, deps);

  app.all('/api/*', () => errorResponse({ kind: 'not-found' }));
  const page = servePage(deps.pageFolder);
  app.get('*', c => page(c.req.raw));
  app.notFound(() => errorResponse({ kind: 'not-found' }));
  return app;
};

/** What is about the house and not about a lab, and has no rights to ask for. */
const mountHouse = (app: Hono<Env>, deps: HttpDeps): void => {
  app.get('/health', c => {
    c.set('pattern', '/health');
    return c.json({ status: 'alive', version: deps.version });
  });

  app.get('/ready', async c => {
    c.set('pattern', '/ready');
    const checks = await deps.readiness();
    const ready = Object.values(checks).every(Boolean);
    return c.json({ ready, checks }, ready ? 200 : 503);
  });

  app.get('/metrics', async c => {
    c.set('pattern', '/metrics');
    // Whoever may not read them is not told that they are there.
    const may = mayReadMetrics(incomingOf(c), { edge: deps.edge, token: deps.metricsToken });
    if (!may) return errorResponse({ kind: 'not-found' });
    return c.body(await deps.metrics.metrics(), 200, { 'content-type': deps.metrics.contentType });
  });

  let document: ReturnType<typeof openApiDocument> | undefined;
  app.get('/api/openapi.json', async c => {
    c.set('pattern', '/api/openapi.json');
    document ??= openApiDocument(app, deps.version);
    return c.json(await document);
  });

  app.all('/api/auth/*', async c => {
    c.set('pattern', '/api/auth/*');
    const incoming = incomingOf(c);
    if (!isOwnPage(incoming, deps.edge)) return errorResponse({ kind: 'foreign-page' });
    const response = await deps.auth(c.req.raw, incoming);
    return response.ok ? response : errorResponse(faultOfAuth(response));
  });
};

/** better-auth has error bodies of its own; ours is the only shape that leaves the house. */
const faultOfAuth = ({ status, headers }: Response): Fault => {
  if (status === 401) return { kind: 'not-signed-in' };
  if (status === 404) return { kind: 'not-found' };
  if (status === 429) {
    const seconds = Number(headers.get('x-retry-after') ?? 60);
    return { kind: 'too-many-attempts', retryAfterSeconds: seconds };
  }
  return status < 500 ? { kind: 'malformed', faults: [] } : { kind: 'internal' };
};

import { z } from 'zod';
import { must } from '../../base/assert.ts';
import { fail, type Result } from '../../base/result.ts';
import type { HouseVerb, LabVerb } from '../../course/authorisation.ts';
import type { AttemptLimit, Incoming, LabSummary, Viewer } from '../../course/port.ts';
import type { HttpDeps } from '../deps.ts';
import type { ErrorKind, Fault } from '../error.ts';

// A route is a row: where it is, who may use it, what it takes and answers. The guard, the OpenAPI
// document, the limits and the tests are made from the rows.

export type Method = 'get' | 'post' | 'patch' | 'delete';

/** A reason instead of a verb is a way in: whoever has no session needs it. */
export type Access = { readonly verb: HouseVerb | LabVerb } | { readonly anyone: string };

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly about: string;
  readonly access: Access;
  readonly limits: readonly AttemptLimit[];
  /** What stands behind the `?`; texts. */
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  readonly maxBytes: number;
  readonly status: 200 | 201 | 204;
  readonly answer: z.ZodType | null;
  readonly faults: readonly ErrorKind[];
  readonly respond: (ask: Ask<unknown>) => Promise<Outcome>;
}

/** What a route knows when the guard has let somebody through. */
export interface Ask<Body> {
  readonly deps: HttpDeps;
  readonly incoming: Incoming;
  readonly address: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: Body;
  readonly viewer: Viewer | null;
  /** The lab of a `/:lab/` in the path, in which the viewer has a role. */
  readonly lab: LabSummary | null;
}

export type Outcome = Result<Answered, Fault>;

export interface Answered {
  readonly body: unknown;
  readonly cookies?: readonly string[];
}

interface Row<Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: Method;
  readonly path: string;
  readonly about: string;
  /** What stands behind the `?`, each a text until its schema made something of it. */
  readonly query?: z.ZodObject;
  readonly body?: Body;
  readonly maxBytes?: number;
  readonly status?: 201;
  /** Without one the answer is an empty 204. */
  readonly answer?: Answer;
  /** Those of its own; what every route may say is added. */
  readonly faults?: readonly ErrorKind[];
  readonly limits?: readonly AttemptLimit[];
}

type Handler<Body, Answer, Extra> = (
  ask: Ask<Body> & Extra,
) => Promise<Result<{ readonly body: Answer; readonly cookies?: readonly string[] }, Fault>>;

const SMALL_BODY = 16 * 1024;

/** A way in: no session is needed, but one is known when it is there. */
export const openRoute = <B extends z.ZodType, A extends z.ZodType>(
  row: Row<B, A> & { readonly anyone: string },
  handle: Handler<z.output<B>, z.input<A>, object>,
): Route => finish(row, { anyone: row.anyone }, handle);

export const houseRoute = <B extends z.ZodType, A extends z.ZodType>(
  row: Row<B, A> & { readonly verb: HouseVerb },
  handle: Handler<z.output<B>, z.input<A>, { readonly viewer: Viewer }>,
): Route =>
  finish(row, { verb: row.verb }, ask =>
    handle({ ...ask, viewer: must(ask.viewer, 'the guard let a viewer through') }),
  );

export const labRoute = <
  B extends z.ZodType,
  A extends z.ZodType,
  Q extends z.ZodObject = z.ZodObject,
>(
  row: Row<B, A> & {
    readonly verb: LabVerb;
    readonly path: `/api/labs/:lab${string}`;
    readonly query?: Q;
  },
  handle: Handler<
    z.output<B>,
    z.input<A>,
    { readonly viewer: Viewer; readonly lab: LabSummary; readonly query: z.output<Q> }
  >,
): Route =>
  finish(row, { verb: row.verb }, ask =>
    handle({
      ...ask,
      query: ask.query as z.output<Q>,
      viewer: must(ask.viewer, 'the guard let a viewer through'),
      lab: must(ask.lab, 'the guard found the lab'),
    }),
  );

const finish = <B extends z.ZodType, A extends z.ZodType>(
  { method, path, about, body, answer, ...row }: Row<B, A>,
  access: Access,
  handle: Handler<z.output<B>, z.input<A>, object>,
): Route => ({
  method,
  path,
  about,
  access,
  limits: row.limits ?? [],
  query: row.query ?? null,
  body: body ?? null,
  maxBytes: row.maxBytes ?? SMALL_BODY,
  status: row.status ?? (answer === undefined ? 204 : 200),
  answer: answer ?? null,
  faults: row.faults ?? [],
  async respond(ask) {
    const read = (body ?? z.unknown()).safeParse(ask.body);
    const query = (row.query ?? z.unknown()).safeParse(ask.query);
    const problem = read.error ?? query.error;
    if (problem) return fail({ kind: 'malformed', faults: problem.issues.map(faultOf) });
    return handle({ ...ask, query: query.data, body: read.data as z.output<B> });
  },
});

const faultOf = ({ path, message }: z.core.$ZodIssue): { path: string; message: string } => ({
  path: path.map(String).join('.'),
  message,
});

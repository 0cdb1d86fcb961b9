import { z } from 'zod';
import { fail, ok } from '../../base/result.ts';
import { may } from '../../course/authorisation.ts';
import { scope } from '../../protocol/wire/scope.ts';
import type { SimTime } from '../../protocol/time.ts';
import { labRoute } from './route.ts';

const moment = z.union([
  z.strictObject({ turn: z.int().min(1) }),
  z
    .strictObject({ at: z.int().min(0).meta({ description: 'Lab time in 100 ns' }) })
    .transform(({ at }) => ({ at: at as SimTime })),
]);

/** The lab, and a host and a machine or two in it. */
const MOST_SCOPES = 4;

const mark = { turn: z.int(), at: z.int(), hash: z.string() };

export const viewPast = labRoute(
  {
    method: 'post',
    path: '/api/labs/:lab/view',
    verb: 'lab.watch',
    about: 'A scope as it was at a turn or a lab time. Changes nothing, for nobody.',
    body: z.strictObject({
      moment,
      scope: scope.default('lab'),
      also: z
        .array(scope)
        .max(MOST_SCOPES)
        .default([])
        .meta({ description: 'More scopes of that moment, for the price of one' }),
      branch: z.int().min(1).optional().meta({ description: 'Another branch than the lab is on' }),
    }),
    answer: z.strictObject({
      turn: z.int(),
      at: z.int(),
      hash: z.string().meta({ description: 'Of the whole state at that moment' }),
      simulation: z.int(),
      note: z
        .string()
        .nullable()
        .meta({ description: 'Why it is the nearest moment that was kept, not the one asked for' }),
      mark: z
        .strictObject({ ...mark, again: z.string() })
        .nullable()
        .meta({ description: 'The last mark before: its hash live, and again on the way here' }),
      marks: z.array(z.strictObject(mark)),
      records: z.array(z.unknown()),
      counters: z
        .array(z.unknown())
        .meta({ description: 'By record: what moves too often to be among its columns' }),
      also: z.array(
        z.strictObject({ scope, records: z.array(z.unknown()), counters: z.array(z.unknown()) }),
      ),
    }),
    faults: ['moment'],
  },
  async ({ deps, body, lab }) => {
    const audience = may(lab.role, 'lab.inspect-instructor') ? 'instructor' : 'everyone';
    const reply = await deps.ask(lab.lab, {
      q: 'view',
      audience,
      scope: body.scope,
      also: body.also,
      at: body.moment,
      ...(body.branch === undefined ? {} : { branch: body.branch }),
    });
    if (!reply.ok) return fail({ kind: 'moment', why: reply.message });
    return ok({ body: reply.value as never });
  },
);

export const forkLab = labRoute(
  {
    method: 'post',
    path: '/api/labs/:lab/fork',
    verb: 'lab.manage',
    about: 'Another branch of history that goes on from a moment; the lab stays as it is.',
    body: z.strictObject({ moment }),
    status: 201,
    answer: z.strictObject({ branch: z.int(), turn: z.int(), at: z.int() }),
    faults: ['moment'],
  },
  async ({ deps, body, lab }) => {
    const reply = await deps.ask(lab.lab, { q: 'fork', at: body.moment });
    if (!reply.ok) return fail({ kind: 'moment', why: reply.message });
    return ok({ body: reply.value as never });
  },
);

export const rewindLab = labRoute(
  {
    method: 'post',
    path: '/api/labs/:lab/rewind',
    verb: 'lab.manage',
    about:
      'Takes the whole lab back to a moment, for everyone, on a new lineage. What came after stays as a branch.',
    body: z.strictObject({ moment }),
    answer: z.strictObject({ branch: z.int(), turn: z.int(), at: z.int() }),
    faults: ['moment'],
  },
  async ({ deps, body, lab }) => {
    const reply = await deps.ask(lab.lab, { q: 'rewind', at: body.moment });
    if (!reply.ok) return fail({ kind: 'moment', why: reply.message });
    return ok({ body: reply.value as never });
  },
);

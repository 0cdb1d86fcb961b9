import { z } from 'zod';
import { fail, ok } from '../../base/result.ts';
import { may } from '../../course/authorisation.ts';
import { fact } from '../../protocol/wire/down/fact.ts';
import { scope } from '../../protocol/wire/scope.ts';
import { labRoute } from './route.ts';

/** A page of what happened: with a message's bytes, a fact is some hundred bytes. */
const MOST = 2_000;
const USUAL = 500;

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number<string>().int().min(least).max(most);

export const readFacts = labRoute(
  {
    method: 'get',
    path: '/api/labs/:lab/facts',
    verb: 'lab.watch',
    about:
      'The newest facts of a scope, oldest first: also those that are older than what is streamed.',
    query: z.strictObject({
      scope: scope.default('lab'),
      before: whole(1).optional().meta({ description: 'Only facts of a lower number' }),
      turn: whole(1).optional().meta({ description: 'Only facts of this turn and earlier ones' }),
      limit: whole(1, MOST).default(USUAL),
    }),
    answer: z.strictObject({
      facts: z.array(fact),
      more: z.boolean().meta({ description: 'There are older ones' }),
    }),
    faults: ['moment'],
  },
  async ({ deps, query, lab }) => {
    const { before = null, turn = null, ...rest } = query;
    const audience = may(lab.role, 'lab.inspect-instructor') ? 'instructor' : 'everyone';
    const reply = await deps.ask(lab.lab, { q: 'facts', audience, before, turn, ...rest });
    if (!reply.ok) return fail({ kind: 'moment', why: reply.message });
    return ok({ body: reply.value as never });
  },
);

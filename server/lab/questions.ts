import type { Json } from '../base/json.ts';
import { factInScope } from '../protocol/scoping.ts';
import { clockOf } from './clock-record.ts';
import type { LabActor } from './lab-actor.ts';
import { fork, rewind, view } from './past-questions.ts';
import type { Surroundings } from './surroundings.ts';
import type { Question } from './port.ts';

export type Reply =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Questions that have one answer: history, and the state of a lab for tools. */
export async function ask(
  actor: LabActor,
  question: Question,
  around: Surroundings,
): Promise<Reply> {
  try {
    if (question.q === 'state') return { ok: true, value: stateOf(actor) };
    if (question.q === 'facts') return await facts(actor, question, around);
    const problem = problemOf(actor, question);
    if (problem !== null) return { ok: false, message: problem };
    if (!(await actor.durable())) return GONE;
    // It may have been loaded again without what was never committed.
    const vanished = problemOf(actor, question);
    if (vanished !== null) return { ok: false, message: vanished };
    if (question.q === 'fork') return await fork(actor, question.at, around);
    if (question.q === 'rewind') return await rewind(actor, question.at, around);
    return await view(actor, question, around);
  } catch (error) {
    around.log('error', 'a question could not be answered', {
      lab: actor.lab,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { ok: false, message: 'That could not be found out; the log says why.' };
  }
}

function stateOf(actor: LabActor): Json {
  const { live } = actor;
  const { running, sleeping, speed } = clockOf(live.machine.world);
  return {
    phase: actor.phase,
    lineage: actor.lineage,
    branch: live.opened.branch,
    simulation: live.version,
    lease: live.opened.lease,
    turn: live.turn,
    seq: live.seq,
    at: live.machine.now,
    promised: live.gate.promised,
    committed: live.gate.committed,
    projectedTurn: actor.projectedTurn,
    running,
    sleeping,
    speed,
    stateHash: live.machine.world.stateHash().toString(),
    differences: [...live.differences],
  };
}

/** Why there is no such moment. How far another branch goes is asked of the database. */
function problemOf({ live }: LabActor, question: Past): string | null {
  const { at: moment } = question;
  const { branch } = live.opened;
  if (question.q === 'view' && (question.branch ?? branch) !== branch) return null;
  if ('turn' in moment) {
    return moment.turn >= 1 && moment.turn <= live.turn
      ? null
      : `There is no turn ${moment.turn} yet.`;
  }
  return moment.at >= 0 && moment.at <= live.machine.now ? null : 'That moment is still to come.';
}

type Past = Extract<Question, { q: 'view' | 'fork' | 'rewind' }>;

const GONE: Reply = { ok: false, message: 'The lab is not running just now.' };

/** What was known when it was asked, from memory and, behind that, from the rows. */
async function facts(
  actor: LabActor,
  question: Extract<Question, { q: 'facts' }>,
  around: Surroundings,
): Promise<Reply> {
  const { scope, audience, limit } = question;
  const before = question.before ?? Infinity;
  const known = Math.min(question.turn ?? Infinity, actor.live.turn);
  if (!(await actor.durable())) return GONE;
  const { broadcast, opened } = actor.live;
  const { recentFrom } = broadcast;
  const recent = broadcast.recent.filter(
    fact => fact.turn <= known && fact.n < before && factInScope(fact, scope, audience),
  );
  const left = limit + 1 - recent.length;
  const stored =
    left <= 0
      ? []
      : await around.store.facts({
          branch: opened.branch,
          scope,
          audience,
          afterTurn: 0,
          upToTurn: Math.min(known, recentFrom),
          ...(question.before === null ? {} : { before }),
          limit: left,
        });
  const found = [...stored, ...recent];
  const page = found.slice(-limit).map(fact => ({ ...fact }));
  return { ok: true, value: { facts: page, more: found.length > limit } };
}

import type { Json } from '../base/json.ts';
import { factInScope } from '../protocol/scoping.ts';
import { clockOf } from './clock-record.ts';
import { recordsOf, viewAt } from './history.ts';
import type { LabActor } from './lab-actor.ts';
import type { Surroundings } from './surroundings.ts';
import type { Moment, Question } from './port.ts';

export type Reply =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Views of one lab that may be made at once; they share its thread with the living. */
const VIEWS_AT_ONCE = 4;

const viewing = new WeakMap<LabActor, number>();

/** Questions that have one answer: history, and the state of a lab for tools. */
export async function ask(
  actor: LabActor,
  question: Question,
  around: Surroundings,
): Promise<Reply> {
  try {
    if (question.q === 'state') return { ok: true, value: stateOf(actor) };
    if (question.q === 'facts') return await facts(actor, question, around);
    const problem = problemOf(actor, question.at);
    if (problem !== null) return { ok: false, message: problem };
    if (!(await actor.durable())) return GONE;
    // It may have been loaded again without what was never committed.
    const vanished = problemOf(actor, question.at);
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

/** Why there is no such moment. */
function problemOf(actor: LabActor, moment: Moment): string | null {
  const { live } = actor;
  if ('turn' in moment) {
    return moment.turn >= 1 && moment.turn <= live.turn
      ? null
      : `There is no turn ${moment.turn} yet.`;
  }
  return moment.at >= 0 && moment.at <= live.machine.now ? null : 'That moment is still to come.';
}

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

async function view(
  actor: LabActor,
  question: Extract<Question, { q: 'view' }>,
  around: Surroundings,
): Promise<Reply> {
  const now = viewing.get(actor) ?? 0;
  if (now >= VIEWS_AT_ONCE)
    return { ok: false, message: 'Others look back just now; try again in a moment.' };
  viewing.set(actor, now + 1);
  try {
    const past = await viewAt(around, actor.live.opened, question.at);
    const { world } = past.machine;
    return {
      ok: true,
      value: {
        turn: world.turn,
        at: world.now,
        hash: world.stateHash().toString(),
        marks: past.marks.map(mark => ({ ...mark })),
        // Columns hold plain data only: what is stored, hashed and sent.
        records: recordsOf(past, question.scope, question.audience) as Json,
      },
    };
  } finally {
    viewing.set(actor, (viewing.get(actor) ?? 1) - 1);
  }
}

async function fork(actor: LabActor, at: Moment, around: Surroundings): Promise<Reply> {
  const past = await viewAt(around, actor.live.opened, at);
  const branch = await around.store.fork(actor.live.opened.branch, past.machine.turn);
  return { ok: true, value: { branch, turn: past.machine.turn, at: past.machine.now } };
}

/** A fork that becomes the lab itself. What came after the moment stays in the database, as a branch. */
async function rewind(actor: LabActor, at: Moment, around: Surroundings): Promise<Reply> {
  const forked = await fork(actor, at, around);
  if (!forked.ok) return forked;
  const { branch } = forked.value as { readonly branch: number };
  const adopted = await actor.adopt(branch);
  return adopted ? forked : { ok: false, message: 'Another server has this lab now.' };
}

import type { Json } from '../base/json.ts';
import type { Audience } from '../protocol/field.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { stampedHash } from '../sim/engine/image.ts';
import type { Mark } from '../sim/engine/machine.ts';
import { countersOf, type Past, recordsOf, viewAt } from './history.ts';
import { formOfWorld } from './keyframe-form.ts';
import type { LabActor } from './lab-actor.ts';
import type { Beginning, BranchEnd, Moment, Question } from './port.ts';
import type { Reply } from './questions.ts';
import type { Surroundings } from './surroundings.ts';

/** Views of one lab that may be made at once; they share its thread with the living. */
const VIEWS_AT_ONCE = 4;

const viewing = new WeakMap<LabActor, number>();

/** One of few at a time. */
async function inTurn(actor: LabActor, look: () => Promise<Reply>): Promise<Reply> {
  const now = viewing.get(actor) ?? 0;
  if (now >= VIEWS_AT_ONCE)
    return { ok: false, message: 'Others look back just now; try again in a moment.' };
  viewing.set(actor, now + 1);
  try {
    return await look();
  } finally {
    viewing.set(actor, (viewing.get(actor) ?? 1) - 1);
  }
}

export const view = (
  actor: LabActor,
  question: Extract<Question, { q: 'view' }>,
  around: Surroundings,
): Promise<Reply> =>
  inTurn(actor, async () => {
    const { opened, lab } = actor.live;
    const { branch = opened.branch } = question;
    if (branch !== opened.branch) {
      const end = await around.store.branchEnd(lab, branch);
      if (end === null) return { ok: false, message: `The lab has no branch ${branch}.` };
      if (isBeyond(question.at, end))
        return { ok: false, message: `Branch ${branch} ends before that moment.` };
    }
    const past = await viewAt(around, { branch, file: opened.file }, question.at);
    if (!past.ok) return { ok: false, message: past.fault };
    const { machine, simulation, note, marks } = past.value;
    const { world } = machine;
    return {
      ok: true,
      value: {
        turn: world.turn,
        at: world.now,
        hash: world.stateHash().toString(),
        simulation,
        note,
        mark: compared(past.value),
        marks: marks.map(mark => ({ ...mark })),
        ...shownOf(past.value, question.scope, question.audience),
        also: (question.also ?? []).map(scope => ({
          scope,
          ...shownOf(past.value, scope, question.audience),
        })),
      },
    };
  });

/** Columns hold plain data only: what is stored, hashed and sent. */
const shownOf = (
  past: Past,
  scope: Scope,
  audience: Audience,
): { readonly [part: string]: Json } => ({
  records: recordsOf(past, scope, audience) as Json,
  counters: countersOf(past, scope, audience),
});

const isBeyond = (moment: Moment, { turn, at }: BranchEnd): boolean =>
  'turn' in moment ? moment.turn > turn : moment.at > at;

/** The last mark before the moment, as it was live and as it is now that it was gone through again. */
function compared({ mark, marks }: Past): Json {
  if (mark === null) return null;
  const again = marks.find(({ at }: Mark) => at === mark.at);
  return again === undefined ? null : { ...mark, again: again.hash };
}

export const fork = (actor: LabActor, at: Moment, around: Surroundings): Promise<Reply> =>
  inTurn(actor, () => branchOff(actor, at, around, ({ isReplayed }) => !isReplayed));

/** `withState`: whether the state is written too. Otherwise a replay gives it to whoever wants it. */
async function branchOff(
  actor: LabActor,
  at: Moment,
  around: Surroundings,
  withState: (past: Past) => boolean,
): Promise<Reply> {
  const { branch, file } = actor.live.opened;
  const found = await viewAt(around, { branch, file }, at);
  if (!found.ok) return { ok: false, message: found.fault };
  const past = found.value;
  if (past.note !== null)
    return { ok: false, message: `${past.note} Only from there can one go on.` };
  const { turn, now } = past.machine;
  const state = withState(past) ? await stateOf(past, around) : null;
  const child = await around.store.fork(branch, turn, { at: now, state });
  return { ok: true, value: { branch: child, turn, at: now } };
}

async function stateOf(
  { machine: { world }, seed, isReplayed }: Past,
  { blueprint, pack }: Surroundings,
): Promise<Beginning['state']> {
  const hash = stampedHash(world);
  const bytes = await pack(formOfWorld(world, seed));
  return { simulation: blueprint.simulation.version, hash, bytes, isReplayed };
}

/** A fork that becomes the lab itself. What came after the moment stays in the database, as a branch. */
export async function rewind(actor: LabActor, at: Moment, around: Surroundings): Promise<Reply> {
  // It is opened at once, from the state that is at hand.
  const forked = await inTurn(actor, () => branchOff(actor, at, around, () => true));
  if (!forked.ok) return forked;
  const { branch } = forked.value as { readonly branch: number };
  const adopted = await actor.adopt(branch);
  return adopted ? forked : { ok: false, message: 'Another server has this lab now.' };
}

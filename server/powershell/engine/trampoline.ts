import { BREATH } from './meter.ts';
import type { Breath, Steps } from './steps.ts';

/**
 * A computation that asks to be run from the bottom of the native stack. To a driver that does not know
 * it, it is a breath; then `descend` runs the computation where it stands.
 */
export class Descent implements Breath {
  readonly wait = 'breath';
  readonly steps: Steps<unknown>;
  outcome: { readonly ok: true } | { readonly ok: false; readonly problem: unknown } | null = null;

  constructor(steps: Steps<unknown>) {
    this.steps = steps;
  }
}

/** Runs steps on a native stack of their own: recursion of scripts does not use up ours. */
export function* descend(steps: Steps<void>): Steps<void> {
  const descent = new Descent(steps);
  yield descent;
  if (descent.outcome === null) return yield* steps;
  if (!descent.outcome.ok) throw descent.outcome.problem;
}

interface Frame {
  readonly steps: Steps<unknown>;
  readonly descent: Descent | null;
}

/** Drives steps and what they descend into. When it is cancelled, every frame is, innermost first. */
export function* trampoline(root: Steps<void>): Steps<void> {
  const stack: Frame[] = [{ steps: root, descent: null }];
  try {
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const wait = advance(top, stack);
      if (wait !== null) yield wait;
    }
  } finally {
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) yield* unwind(top.steps);
  }
}

/** One resumption; what must be waited for, or null. */
const advance = (top: Frame, stack: Frame[]) => {
  let result: IteratorResult<unknown>;
  try {
    result = top.steps.next();
  } catch (problem) {
    stack.pop();
    if (top.descent === null) throw problem;
    top.descent.outcome = { ok: false, problem };
    // A thousand calls are not left in one go.
    return BREATH;
  }
  if (result.done === true) {
    stack.pop();
    if (top.descent !== null) top.descent.outcome = { ok: true };
    return null;
  }
  if (result.value instanceof Descent) {
    stack.push({ steps: result.value.steps, descent: result.value });
    return null;
  }
  return result.value as Breath;
};

/** Lets every `finally` of a cancelled computation run. What goes wrong there is nobody's concern. */
function* unwind(steps: Steps<unknown>): Steps<void> {
  try {
    let result = steps.return(undefined);
    while (result.done !== true) {
      const wait = result.value;
      if (wait instanceof Descent) {
        yield* trampoline(discard(wait.steps));
        wait.outcome = { ok: true };
      } else {
        yield wait;
      }
      result = steps.next();
    }
  } catch {
    // The line is being cancelled: an error in its finally has no one to tell.
  }
}

function* discard(steps: Steps<unknown>): Steps<void> {
  yield* steps;
}

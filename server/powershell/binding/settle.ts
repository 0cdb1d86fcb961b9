import type { Parameter } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import { askFor } from './mandatory.ts';
import { ambiguousSet } from './mistake.ts';
import type { Working } from './working.ts';

/**
 * After the command line. Without pipeline input one set must remain: the default one, or the only one
 * that lacks nothing. With it, whatever the pipeline may still decide stays open. Then what is mandatory
 * and cannot come through the pipeline is asked for.
 */
export function* settle(working: Working): Steps<void> {
  if (working.valid.length === 0) working.fail(ambiguousSet());
  if (working.host.expectsInput) {
    yield* askFor(working, neededAnyway(working));
    openForInput(working);
  } else chooseSet(working);
  const [set] = working.valid;
  if (set === undefined || working.valid.length > 1) return;
  yield* askFor(
    working,
    working
      .missing(set)
      .filter(one => !(working.host.expectsInput && takesInput(working, one, set))),
  );
}

/** Mandatory in every set that is possible, and in none from the pipeline. */
const neededAnyway = (working: Working): readonly Parameter[] =>
  working
    .unbound()
    .filter(one =>
      working.valid.every(
        set => working.place(one, set)?.mandatory === true && !takesInput(working, one, set),
      ),
    );

/** Leaves one set, by the default or by what is missing. */
export const chooseSet = (working: Working): void => {
  if (working.valid.length <= 1) return;
  if (working.defaultSet !== null) working.valid = [working.defaultSet];
  else {
    const complete = working.valid.filter(set => working.missing(set).length === 0);
    // Pages do not tell every mandatory parameter: two sets of a cmdlet that both lack nothing may be
    // one in truth, and the first is taken. A function says all there is to know.
    const [first, another] = complete;
    const isClear = another === undefined || working.signature.kind === 'cmdlet';
    if (first === undefined || !isClear) return working.fail(ambiguousSet());
    working.valid = [first];
  }
};

/**
 * Drops the sets that no object of the pipeline could complete or join, unless none would be left: then
 * the default one stays, and asks.
 */
const openForInput = (working: Working): void => {
  if (working.valid.length === 1) return;
  const open = working.valid.filter(set =>
    working.missing(set).every(one => takesInput(working, one, set)),
  );
  const taking = open.filter(set => working.unbound().some(one => takesInput(working, one, set)));
  if (taking.length > 0) working.valid = taking;
  else if (open.length > 0) working.valid = open;
  else if (working.defaultSet !== null) working.valid = [working.defaultSet];
};

export const takesInput = (working: Working, parameter: Parameter, set: string): boolean => {
  const place = working.place(parameter, set);
  return place !== undefined && (place.byValue || place.byPropertyName);
};

import type { BindingMistake, Parameter } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';
import { fit, type Fitted, takesBlocks } from './argument-type.ts';
import { credentialsOf, isCredential } from './credential-argument.ts';
import { ambiguousSet, notConverted, notOne, notTransformed } from './mistake.ts';
import { invalid } from './validation.ts';
import type { Working } from './working.ts';

export type Attempt =
  | { readonly bound: true }
  /** Null: of another type, which is no mistake yet. */
  | { readonly bound: false; readonly mistake: BindingMistake | null };

export interface Offer {
  readonly value: Value;
  readonly extent: Extent | null;
  /** Only if it needs no conversion. */
  readonly strict: boolean;
}

const BOUND: Attempt = { bound: true };
const OTHER_TYPE: Attempt = { bound: false, mistake: null };

/** Binds one value to one parameter if the possible sets, its type and its rules allow. */
export function* bindOne(working: Working, parameter: Parameter, offer: Offer): Steps<Attempt> {
  const { host } = working;
  if (working.places(parameter).length === 0)
    return { bound: false, mistake: ambiguousSet(offer.extent) };
  if (isDelayed(working, parameter, offer.value)) {
    working.delayed.set(parameter, offer.value);
    working.narrow(parameter);
    return BOUND;
  }
  const value =
    isCredential(parameter.type) && (!offer.strict || offer.extent !== null)
      ? yield* credentialsOf(host, offer.value)
      : offer.value;
  const fitted = fit(value, parameter.type, host, offer.strict);
  if (fitted === null) return OTHER_TYPE;
  if (!fitted.ok) return { bound: false, mistake: unfit(working, parameter, offer, fitted) };
  const refusal = yield* invalid(working, parameter, fitted.value, offer.extent);
  if (refusal !== null) return { bound: false, mistake: refusal };
  working.values.set(parameter, fitted.value);
  working.narrow(parameter);
  return BOUND;
}

const isDelayed = (working: Working, parameter: Parameter, value: Value): boolean =>
  working.host.isScriptBlock(value) &&
  !takesBlocks(parameter.type) &&
  working.places(parameter).some(place => place.byValue || place.byPropertyName);

const unfit = (
  { signature, host }: Working,
  { name, type }: Parameter,
  { value, extent }: Offer,
  fitted: Fitted & { readonly ok: false },
): BindingMistake => {
  const many = 'many' in fitted;
  const from = host.typeNames(value)[0] ?? 'System.Object';
  if (signature.kind === 'function') {
    const element = type.replace('[]', '');
    const why = many ? `Cannot convert value to type ${element}.` : fitted.message;
    return notTransformed(name, why, extent);
  }
  return many
    ? notOne(name, { from, to: type }, extent)
    : notConverted(name, fitted.message, extent);
};

import type { Parameter } from '../engine/binder-port.ts';
import type { Working } from './working.ts';

/** A parameter that the pipeline may still give a value, and in which way. */
export interface Taker {
  readonly parameter: Parameter;
  readonly byValue: boolean;
  readonly byPropertyName: boolean;
}

export const takerIn = (working: Working, parameter: Parameter): Taker | null => {
  const places = working.places(parameter);
  const byValue = places.some(place => place.byValue);
  const byPropertyName = places.some(place => place.byPropertyName);
  return byValue || byPropertyName ? { parameter, byValue, byPropertyName } : null;
};

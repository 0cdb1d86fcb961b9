import type { Cmdlet } from '../engine/cmdlet.ts';
import { ABOUT } from './about/index.ts';
import { LANGUAGE_CMDLETS } from './language/index.ts';

/** Every cmdlet that is simulated. What is not here binds, and says which area is missing. */
export const CMDLETS: readonly Cmdlet[] = [...ABOUT, ...LANGUAGE_CMDLETS];

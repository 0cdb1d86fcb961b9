import type { Cmdlet } from '../engine/cmdlet.ts';
import { ABOUT } from './about/index.ts';
import { CORE_CMDLETS } from './core/index.ts';
import { FILE_CMDLETS } from './files/index.ts';
import { HYPER_V_CMDLETS } from './hyper-v/index.ts';
import { SYSTEM_CMDLETS } from './system/index.ts';
import { LANGUAGE_CMDLETS } from './language/index.ts';

/** Every cmdlet that is simulated. What is not here binds, and says which area is missing. */
export const CMDLETS: readonly Cmdlet[] = [
  ...HYPER_V_CMDLETS,
  ...SYSTEM_CMDLETS,
  ...FILE_CMDLETS,
  ...CORE_CMDLETS,
  ...LANGUAGE_CMDLETS,
  ...ABOUT,
];

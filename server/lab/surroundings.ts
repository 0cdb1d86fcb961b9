import type { Json } from '../base/json.ts';
import type { Companion, Companioned } from './companion.ts';
import type { Journal } from './journal.ts';
import type { KeptImages } from './kept-images.ts';
import type { KeyframeForm } from './keyframe-form.ts';
import type { FromLab, LabStore } from './port.ts';
import type { Blueprint } from './recovery.ts';
import type { Wall } from './wall.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  data: { readonly [key: string]: Json },
) => void;

/** Everything around the labs of a thread. */
export interface Surroundings {
  readonly store: LabStore;
  readonly journal: Journal;
  readonly wall: Wall;
  readonly blueprint: Blueprint;
  /** Keyframes as they are kept. */
  readonly pack: (form: KeyframeForm) => Promise<Uint8Array>;
  readonly unpack: (bytes: Uint8Array) => Promise<KeyframeForm>;
  readonly images: KeptImages;
  readonly out: (message: FromLab) => void;
  readonly log: Log;
  /** Makes what lives beside each lab; without it nothing does. */
  readonly companion?: (lab: Companioned, around: Surroundings) => Companion;
}

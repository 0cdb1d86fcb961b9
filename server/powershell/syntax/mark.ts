import type { Extent } from './extent.ts';

/** What a stretch of text is, for a display. */
export type MarkKind =
  | 'command'
  | 'parameter'
  | 'string'
  | 'variable'
  | 'number'
  | 'operator'
  | 'keyword'
  | 'comment'
  | 'type'
  | 'member'
  | 'error';

export interface Mark extends Extent {
  readonly kind: MarkKind;
}

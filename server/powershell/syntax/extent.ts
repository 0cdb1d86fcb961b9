/** A stretch of the text: offsets of UTF-16 units, end exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

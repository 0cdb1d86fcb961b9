/** One line on standard output: ours beside the limit and the peers, measured in the same run. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  /** What the same work costs with nothing of ours around it. */
  readonly limit?: number;
  readonly peers?: { readonly [name: string]: number };
  readonly rounds: number;
  /** The bar in words, e.g. `ours<=1.3*limit`. */
  readonly bar: string;
  readonly ok: boolean;
}

/** Everything but figures goes to standard error. */
export type Say = (line: string) => void;

/** How much of it, for those that are told on the command line. */
export interface Amounts {
  readonly minutes: number;
  readonly bots: number;
  readonly browsers: number;
}

export interface Bench {
  readonly name: string;
  /** One sentence: what is measured, and beside what. */
  readonly about: string;
  /** So long that it is run only by its name. */
  readonly isLong?: true;
  run(say: Say, amounts: Amounts): Promise<readonly Figure[]>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Three significant digits: the machines are noisy beyond that. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

import type { Json } from '../../base/json.ts';
import type { Turn } from '../engine/turn.ts';
import { total } from '../hardware/page.ts';
import type { Caller, HypercallInput, HypercallName, Outcome } from './call.ts';
import { inputBytes } from './layout.ts';
import { statusName, statusText } from './status.ts';

export interface CallRecord<N extends HypercallName> {
  readonly name: N;
  readonly code: number;
  readonly input: HypercallInput[N];
  readonly outcome: Outcome<N>;
  /** How many calls it stands for. */
  readonly calls: number;
  readonly reps: number;
}

/** The fact of a control hypercall: `HvCreatePartition 0x0040 = SUCCESS 0x0`, fields and bytes. */
export function recordCall<N extends HypercallName>(
  turn: Turn,
  by: Caller,
  { name, code, input, outcome, calls, reps }: CallRecord<N>,
): void {
  const { host } = turn.must('partition', by.partition);
  const hex = `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const times = calls > 1 ? ` ×${calls}` : '';
  turn.fact({
    kind: 'hypercall',
    from: by.as,
    to: 'hypervisor',
    host,
    vm: by.vm ?? null,
    summary: `${name} ${hex}${times} = ${statusText(outcome.status)}`,
    data: {
      name,
      code: hex,
      status: outcome.status,
      statusName: statusName(outcome.status),
      input: plain(input),
      output: outcome.output === null ? null : plain(outcome.output),
      calls,
      reps,
      bytes: inputBytes(name, input),
    },
  });
}

/** Fields as a fact keeps them: 64-bit values in hexadecimal, lists of pages by their number. */
function plain(fields: object): { readonly [field: string]: Json } {
  const shown: { [field: string]: Json } = {};
  for (const [field, value] of Object.entries(fields) as [string, unknown][]) {
    if (typeof value === 'bigint') shown[field] = `0x${value.toString(16)}`;
    else if (typeof value === 'number') shown[field] = value;
    else if (field === 'pages') shown[field] = total(value as readonly [number, number][]);
    else if (Array.isArray(value)) shown[field] = value.map(element);
  }
  return shown;
}

function element(value: unknown): Json {
  if (typeof value === 'bigint') return `0x${value.toString(16)}`;
  return typeof value === 'object' && value !== null ? plain(value) : Number(value);
}

import { type ErrorCategory, Terminating } from '../engine/error-record.ts';
import type { Value } from './value.ts';

/** What is said when an operation on values fails; the evaluator adds the place where it stands. */
export interface ValueFault {
  readonly message: string;
  readonly id: string;
  readonly category?: ErrorCategory;
  /** .NET name of the exception. */
  readonly exception?: string;
  readonly target?: Value;
}

const RUNTIME = 'System.Management.Automation.RuntimeException';

/** Thrown by operations on values: a terminating error without a place yet. */
export const fault = ({ message, id, category, exception, target }: ValueFault): Terminating => {
  const name = exception ?? RUNTIME;
  return new Terminating({
    message,
    id,
    category: category ?? 'InvalidOperation',
    exception: name,
    activity: '',
    reason: name.slice(name.lastIndexOf('.') + 1),
    target: target ?? null,
    command: '',
    place: null,
  });
};

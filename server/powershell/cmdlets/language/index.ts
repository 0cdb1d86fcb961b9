import type { Cmdlet } from '../../engine/cmdlet.ts';
import { invokeExpression } from './invoke-expression.ts';

/** Cmdlets that reach into the evaluator. */
export const LANGUAGE_CMDLETS: readonly Cmdlet[] = [invokeExpression];

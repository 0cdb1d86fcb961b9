import type { Cmdlet } from '../../engine/cmdlet.ts';
import { invokeCommand } from './invoke-command.ts';
import { invokeExpression } from './invoke-expression.ts';
import { enterPSSession, exitPSSession } from './pssession.ts';

/** Cmdlets that reach into the evaluator. */
export const LANGUAGE_CMDLETS: readonly Cmdlet[] = [
  enterPSSession,
  exitPSSession,
  invokeCommand,
  invokeExpression,
];

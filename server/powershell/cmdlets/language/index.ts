import type { Cmdlet } from '../../engine/cmdlet.ts';
import { getPSSession, newPSSession, removePSSession } from './sessions.ts';
import { invokeCommand } from './invoke-command.ts';
import { invokeExpression } from './invoke-expression.ts';
import { getJob, receiveJob, removeJob, startJob, stopJob, waitJob } from './jobs.ts';
import { enterPSSession, exitPSSession } from './pssession.ts';

/** Cmdlets that reach into the evaluator. */
export const LANGUAGE_CMDLETS: readonly Cmdlet[] = [
  enterPSSession,
  getPSSession,
  newPSSession,
  removePSSession,
  exitPSSession,
  invokeCommand,
  getJob,
  invokeExpression,
  receiveJob,
  removeJob,
  startJob,
  stopJob,
  waitJob,
];

import type { Extent } from '../syntax/extent.ts';
import { fault } from '../value/fault.ts';
import { type ErrorRecord, type Place, Terminating } from './error-record.ts';
import { LimitReached, Thrown } from './flow.ts';
import type { Source } from './function-command.ts';

export const placeOf = (from: Source, extent: Extent): Place => ({
  text: from.text,
  file: from.file,
  extent: { start: extent.start, end: extent.end },
});

/** The same error with another record: what it ends stays what it ends. */
export const withRecord = (problem: Terminating, record: ErrorRecord): Terminating => {
  if (problem instanceof LimitReached) return new LimitReached(record);
  return problem instanceof Thrown ? new Thrown(record) : new Terminating(record);
};

/** An error as it leaves a statement: with a place, and never anything but PowerShell's own. */
export const placed = (problem: Terminating, from: Source, extent: Extent): Terminating =>
  problem.record.place === null
    ? withRecord(problem, { ...problem.record, place: placeOf(from, extent) })
    : problem;

export const commandNotFound = (name: string, place: Place): Terminating =>
  new Terminating({
    message: `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    id: 'CommandNotFoundException',
    category: 'ObjectNotFound',
    exception: 'System.Management.Automation.CommandNotFoundException',
    activity: '',
    reason: 'CommandNotFoundException',
    target: name,
    command: name,
    place,
  });

export const notSimulated = (message: string, target: string): Terminating =>
  fault({
    message,
    id: 'NotSimulated',
    category: 'NotImplemented',
    exception: 'System.Management.Automation.PSNotSupportedException',
    target,
  });

export const typeNotFound = (name: string): Terminating =>
  fault({
    message: `Unable to find type [${name}]: make sure that the assembly containing this type is loaded.`,
    id: 'TypeNotFound',
    category: 'InvalidOperation',
    target: name,
  });

export const notWritable = (name: string): Terminating =>
  fault({
    message: `Cannot overwrite variable ${name} because it is read-only or constant.`,
    id: 'VariableNotWritable',
    category: 'WriteError',
    exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    target: name,
  });

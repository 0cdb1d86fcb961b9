import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';

/** ErrorCategory of System.Management.Automation, by its member names. */
export type ErrorCategory =
  | 'NotSpecified'
  | 'OpenError'
  | 'CloseError'
  | 'DeviceError'
  | 'DeadlockDetected'
  | 'InvalidArgument'
  | 'InvalidData'
  | 'InvalidOperation'
  | 'InvalidResult'
  | 'InvalidType'
  | 'MetadataError'
  | 'NotImplemented'
  | 'NotInstalled'
  | 'ObjectNotFound'
  | 'OperationStopped'
  | 'OperationTimeout'
  | 'SyntaxError'
  | 'ParserError'
  | 'PermissionDenied'
  | 'ResourceBusy'
  | 'ResourceExists'
  | 'ResourceUnavailable'
  | 'ReadError'
  | 'WriteError'
  | 'FromStdErr'
  | 'SecurityError'
  | 'LimitsExceeded';

/** Where in which text something stands: what the "At line:1 char:5" lines are made of. */
export interface Place {
  readonly text: string;
  /** File name of a script, null at the prompt. */
  readonly file: string | null;
  readonly extent: Extent;
}

/** An error as PowerShell knows it: printed red word for word, kept in $Error. */
export interface ErrorRecord {
  readonly message: string;
  /** FullyQualifiedErrorId, e.g. `CommandNotFoundException` or `InvalidState,Microsoft.HyperV.PowerShell.Commands.StartVMCommand`. */
  readonly id: string;
  readonly category: ErrorCategory;
  /** Name of the .NET exception, e.g. `System.Management.Automation.CommandNotFoundException`. */
  readonly exception: string;
  /** CategoryInfo's parts: `Activity: (TargetName:TargetType) [Activity], Reason`. */
  readonly activity: string;
  readonly reason: string;
  readonly target: Value;
  /** The command as written, which the first line of the red text begins with; '' for none. */
  readonly command: string;
  readonly place: Place | null;
}

/** Thrown through the evaluator: a terminating error, until a `try` or the prompt catches it. */
export class Terminating extends Error {
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super(record.message);
    this.record = record;
  }
}

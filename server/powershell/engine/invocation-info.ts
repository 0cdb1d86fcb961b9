import { CustomObject } from '../value/custom-object.ts';
import type { Place } from './error-record.ts';
import type { FunctionCommand } from './function-command.ts';

/** $MyInvocation, with the place where the command was called. */
export class InvocationInfo extends CustomObject {
  readonly invokedAs: string;
  readonly command: FunctionCommand;
  readonly place: Place;

  constructor(invokedAs: string, command: FunctionCommand, place: Place) {
    super('System.Management.Automation.InvocationInfo');
    this.invokedAs = invokedAs;
    this.command = command;
    this.place = place;
  }
}

/** $MyInvocation: the command that runs. */
export const invocationInfo = (
  invokedAs: string,
  command: FunctionCommand,
  place: Place,
): InvocationInfo => {
  const own = new CustomObject('System.Management.Automation.FunctionInfo');
  own.note('Name', command.name);
  own.note('Definition', command.text);
  own.note(
    'CommandType',
    command.kind === 'filter' ? 'Filter' : command.kind === 'block' ? 'Script' : 'Function',
  );
  own.note('Path', command.from.file);
  const info = new InvocationInfo(invokedAs, command, place);
  info.note('MyCommand', own);
  info.note('InvocationName', invokedAs);
  info.note('ScriptName', command.from.file ?? '');
  info.note('PSScriptRoot', '');
  return info;
};

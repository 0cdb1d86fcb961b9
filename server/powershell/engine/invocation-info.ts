import { CustomObject } from '../value/custom-object.ts';
import type { FunctionCommand } from './function-command.ts';

/** $MyInvocation: the command that runs. */
export const invocationInfo = (invokedAs: string, command: FunctionCommand): CustomObject => {
  const own = new CustomObject('System.Management.Automation.FunctionInfo');
  own.note('Name', command.name);
  own.note('Definition', command.text);
  own.note(
    'CommandType',
    command.kind === 'filter' ? 'Filter' : command.kind === 'block' ? 'Script' : 'Function',
  );
  own.note('Path', command.from.file);
  const info = new CustomObject('System.Management.Automation.InvocationInfo');
  info.note('MyCommand', own);
  info.note('InvocationName', invokedAs);
  info.note('ScriptName', command.from.file ?? '');
  info.note('PSScriptRoot', '');
  return info;
};

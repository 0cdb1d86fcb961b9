import type { Refusal } from '../../../protocol/operation/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { ErrorRecord } from '../../engine/error-record.ts';

// The errors of the file system's provider. Sentences and ids: recalled.

export const pathNotFound = ({ shell }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `Cannot find path '${path}' because it does not exist.`,
    id: 'PathNotFound',
    category: 'ObjectNotFound',
    exception: 'System.Management.Automation.ItemNotFoundException',
    target: path,
  });

export const noFolder = ({ shell }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `Could not find a part of the path '${path}'.`,
    id: 'FileOpenFailure',
    category: 'OpenError',
    exception: 'System.IO.DirectoryNotFoundException',
    target: path,
  });

export const noFile = ({ shell }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `Could not find file '${path}'.`,
    id: 'FileOpenFailure',
    category: 'OpenError',
    exception: 'System.IO.FileNotFoundException',
    target: path,
  });

export const fileExists = ({ shell }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `The file '${path}' already exists.`,
    id: 'NoClobber',
    category: 'ResourceExists',
    exception: 'System.IO.IOException',
    target: path,
  });

export const denied = ({ shell }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `Access to the path '${path}' is denied.`,
    id: 'UnauthorizedAccess',
    category: 'PermissionDenied',
    exception: 'System.UnauthorizedAccessException',
    target: path,
  });

/** What is not text is somebody's else: nothing here copies, reads or removes it. */
export const noText = ({ shell, invokedAs }: Call, path: string): ErrorRecord =>
  shell.fault({
    message: `${invokedAs} binds, but work on disks, images and files of virtual machines is not simulated in era 2012: '${path}'.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    target: path,
  });

/** What the lab refused. */
export const refused = (call: Call, { kind, message }: Refusal, path: string): ErrorRecord => {
  if (kind === 'AccessDenied') return denied(call, path);
  return call.shell.fault({
    message: message.replace(/ \(0x[0-9A-F]{8}\)$/, ''),
    id: kind,
    category: kind === 'FileExists' ? 'ResourceExists' : 'WriteError',
    exception: 'System.IO.IOException',
    target: path,
  });
};

import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Call } from '../engine/cmdlet.ts';
import type { ErrorRecord } from '../engine/error-record.ts';

/** The host that a command runs on; none on the computer of an administrator, which has only tools. */
export const hereOf = ({ shell }: Call): RecordOf<'host'> | undefined =>
  shell.lab.get('host', shell.computer as Id<'host'>);

/** A command about the computer it runs on, where that is no host. */
export const nothingHere = ({ shell, invokedAs }: Call): ErrorRecord =>
  shell.fault({
    message: `${invokedAs} binds, but what is on ${shell.place.name} itself is not simulated. Go to a host with Enter-PSSession, or name it with -ComputerName.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    target: shell.place.name,
  });

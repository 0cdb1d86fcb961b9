import { z } from 'zod';
import { idOf, operation } from './operation.ts';

const onHost = z.strictObject({ host: idOf('host') });

export const HOST_OPERATIONS = {
  'host.start': operation({ verb: 'lab.command', about: 'Powers a host on.', args: onHost }),
  'host.shutDown': operation({
    verb: 'lab.command',
    about: 'Shuts a host down; each virtual machine follows its automatic stop action.',
    args: onHost,
  }),
  'host.powerOff': operation({
    verb: 'lab.command',
    about: 'Cuts a host’s power: everything on it stops at once.',
    args: onHost,
  }),
  'service.stop': operation({
    verb: 'lab.command',
    about: 'Stops a service of the management OS. Stopping vmms leaves virtual machines running.',
    args: z.strictObject({ service: idOf('service') }),
  }),
  'service.start': operation({
    verb: 'lab.command',
    about: 'Starts a service of the management OS.',
    args: z.strictObject({ service: idOf('service') }),
  }),
  'process.end': operation({
    verb: 'lab.command',
    about: 'Ends a worker process: its virtual machine stops at once, event 14070.',
    args: z.strictObject({ process: idOf('worker-process') }),
  }),
} as const;

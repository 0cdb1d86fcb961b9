import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import type { Versions } from './message.ts';

/** What was agreed, null for nothing, and what the host would have wanted. */
export interface Mismatch {
  readonly agreed: { readonly framework: string; readonly message: string } | null;
  readonly offered: Versions;
}

const ID = 4010;
const SOURCE = 'Hyper-V-Integration';

/** Event 4010 of the Integration log; the sentence is recalled from published logs. */
export function logMismatch(turn: Turn, channel: Channel, { agreed, offered }: Mismatch): void {
  const { name } = turn.must('vm', channel.vm);
  const guid = channel.vm.slice('vm:'.length).toUpperCase();
  const sides = [
    `Framework version: Negotiated (${agreed?.framework ?? '0.0'}) - Expected (${offered.framework.at(-1)})`,
    `Message version: Negotiated (${agreed?.message ?? '0.0'}) - Expected (${offered.message.at(-1)})`,
  ];
  const message =
    `Hyper-V ${channel.label} connected to virtual machine '${name}', but the version does not ` +
    `match the version expected by Hyper-V (Virtual machine ID ${guid}). ${sides.join('; ')}. ` +
    'To fix this problem, you must upgrade the integration services. To upgrade, connect to the ' +
    'virtual machine and select Insert Integration Services Setup Disk from the Action menu.';
  turn.fact({
    kind: 'event',
    from: 'vmwp',
    host: channel.host,
    vm: channel.vm,
    summary: `${SOURCE} ${ID}: ${message}`,
    data: {
      channel: 'Microsoft-Windows-Hyper-V-Integration-Admin',
      id: ID,
      level: agreed === null ? 'Error' : 'Warning',
      source: SOURCE,
      message,
    },
  });
}

import type { Component } from '../../protocol/fact.ts';
import type { HostId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';

// Entries of the event logs that VMMS and the worker processes write. Ids of the worker's log and
// of 12030, 13002, 14070: Microsoft's event pages and published logs of real hosts; the other ids
// and all sentences are recalled.

interface EventType {
  readonly channel: string;
  readonly source: string;
  readonly level: 'Information' | 'Warning' | 'Error' | 'Critical';
  readonly from: Component;
  /** `{name}` stands for a value given with the event. */
  readonly sentence: string;
}

const WORKER = {
  channel: 'Microsoft-Windows-Hyper-V-Worker-Admin',
  source: 'Hyper-V-Worker',
  from: 'vmwp',
} as const;

const VMMS = {
  channel: 'Microsoft-Windows-Hyper-V-VMMS-Admin',
  source: 'Hyper-V-VMMS',
  from: 'vmms',
} as const;

const INFORMATION = { level: 'Information' } as const;
const ERROR = { level: 'Error' } as const;
const CRITICAL = { level: 'Critical' } as const;

const ID = '(Virtual machine ID {id})';

export const EVENTS = {
  3122: {
    ...VMMS,
    ...ERROR,
    sentence: `'{vm}' was unable to allocate {megabytes} MB of RAM: Insufficient system resources exist to complete the requested service. (0x800705AA). ${ID}`,
  },
  12030: { ...VMMS, ...ERROR, sentence: `'{vm}' failed to start. ${ID}` },
  12140: {
    ...WORKER,
    ...ERROR,
    sentence: `'{vm}': Failed to open attachment '{path}'. Error: '{error}'. ${ID}`,
  },
  12240: {
    ...WORKER,
    ...ERROR,
    sentence: `'{vm}': Attachment '{path}' not found. Error: '{error}'. ${ID}`,
  },
  13002: { ...VMMS, ...INFORMATION, sentence: `The virtual machine '{vm}' was created. ${ID}` },
  13003: { ...VMMS, ...INFORMATION, sentence: `The virtual machine '{vm}' was deleted. ${ID}` },
  14070: {
    ...VMMS,
    ...CRITICAL,
    sentence: "Virtual machine '{vm}' (ID={id}) has quit unexpectedly.",
  },
  14092: { ...VMMS, ...INFORMATION, sentence: 'Virtual Machine Management service is starting.' },
  14094: {
    ...VMMS,
    ...INFORMATION,
    sentence: 'Virtual Machine Management service is started successfully.',
  },
  14096: { ...VMMS, ...INFORMATION, sentence: 'Virtual Machine Management service is stopped.' },
  18500: { ...WORKER, ...INFORMATION, sentence: `'{vm}' started successfully. ${ID}` },
  18502: { ...WORKER, ...INFORMATION, sentence: `'{vm}' was turned off. ${ID}` },
  18504: {
    ...WORKER,
    ...INFORMATION,
    sentence: `'{vm}' was shut down using the Shutdown Integration Component. ${ID}`,
  },
  18508: {
    ...WORKER,
    ...INFORMATION,
    sentence: `'{vm}' was shut down by the guest operating system. ${ID}`,
  },
  18510: { ...WORKER, ...INFORMATION, sentence: `'{vm}' saved successfully. ${ID}` },
  18512: { ...WORKER, ...INFORMATION, sentence: `'{vm}' was reset. ${ID}` },
  18514: {
    ...WORKER,
    ...INFORMATION,
    sentence: `'{vm}' was reset by the guest operating system. ${ID}`,
  },
  18516: { ...WORKER, ...INFORMATION, sentence: `'{vm}' was paused. ${ID}` },
  18518: { ...WORKER, ...INFORMATION, sentence: `'{vm}' was resumed. ${ID}` },
  18596: { ...WORKER, ...INFORMATION, sentence: `'{vm}' was restored successfully. ${ID}` },
} as const satisfies Readonly<Record<number, EventType>>;

export type EventId = keyof typeof EVENTS;

/** An entry about a virtual machine. */
export function logVmEvent(
  turn: Turn,
  id: EventId,
  vm: VmId,
  values: { readonly [name: string]: string | number } = {},
): void {
  const { host, name } = turn.must('vm', vm);
  const guid = vm.slice('vm:'.length).toUpperCase();
  write(turn, id, { host, vm }, { vm: name, id: guid, ...values });
}

/** An entry about a service of a host. */
export function logHostEvent(turn: Turn, id: EventId, host: HostId): void {
  write(turn, id, { host, vm: null }, {});
}

function write(
  turn: Turn,
  id: EventId,
  about: { readonly host: HostId; readonly vm: VmId | null },
  values: { readonly [name: string]: string | number },
): void {
  const { channel, source, level, from, sentence }: EventType = EVENTS[id];
  const message = sentence.replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    String(values[name] ?? ''),
  );
  turn.fact({
    kind: 'event',
    from,
    ...about,
    summary: `${source} ${id}: ${message}`,
    data: { channel, id, level, source, message },
  });
}

import type { InputOf, OperationName } from '../../../server/protocol/operation/index.ts';
import type { Seen } from '../../state/lab-store.ts';
import type { Draft, Key } from './draft.ts';

const MIB = 1024 ** 2;

/** A virtual machine with everything that its settings are about. */
export interface Subject {
  readonly vm: Seen<'vm'>;
  readonly dvd: Seen<'disk-drive'> | undefined;
  readonly adapter: Seen<'network-adapter'> | undefined;
  readonly services: readonly Seen<'integration-service'>[];
  readonly discs: readonly Seen<'library-image'>[];
  readonly switches: readonly Seen<'virtual-switch'>[];
}

/** What a field shows when nobody has edited it. */
export const valueOf = ({ vm, dvd, adapter, services, discs }: Subject, key: Key): string => {
  switch (key) {
    case 'name':
      return vm.name ?? '';
    case 'memory':
      return String((vm.memoryStartup ?? 0) / MIB);
    case 'count':
      return String(vm.processorCount ?? 1);
    case 'reserve':
      return String(vm.cpuReserve ?? 0);
    case 'limit':
      return String(vm.cpuLimit ?? 100);
    case 'weight':
      return String(vm.cpuWeight ?? 100);
    case 'dvd':
      return discs.find(({ path }) => path === dvd?.media)?.id ?? '';
    case 'switch':
      return adapter?.virtualSwitch ?? '';
    default:
      return services.find(({ id }) => key === `service:${id}`)?.enabled ? 'on' : '';
  }
};

type Command = {
  [N in OperationName]: { readonly op: N; readonly args: InputOf<N> };
}[OperationName];

/** The operations that an edited draft stands for, in the order of the pages. */
export const commandsOf = (subject: Subject, draft: Draft): readonly Command[] => {
  const vm = subject.vm.id;
  const mine = (key: Key): string | undefined => draft.get(key)?.mine;
  const commands: Command[] = [];
  const memory = mine('memory');
  if (memory !== undefined) {
    commands.push({ op: 'vm.setMemory', args: { vm, startup: Number(memory) * MIB } });
  }
  const processors = processorsOf(mine);
  if (Object.keys(processors).length > 0) {
    commands.push({ op: 'vm.setProcessors', args: { vm, ...processors } });
  }
  const dvd = mine('dvd');
  if (dvd !== undefined) {
    const image = subject.discs.find(({ id }) => id === dvd)?.id ?? null;
    commands.push({ op: 'vm.setDvd', args: { vm, image } });
  }
  const to = mine('switch');
  if (to !== undefined && subject.adapter !== undefined) {
    const virtualSwitch = subject.switches.find(({ id }) => id === to)?.id ?? null;
    const adapter = subject.adapter.id;
    commands.push({ op: 'vm.connectNetworkAdapter', args: { vm, adapter, virtualSwitch } });
  }
  for (const { id: service } of subject.services) {
    const enabled = mine(`service:${service}`);
    if (enabled === undefined) continue;
    const args = { vm, service, enabled: enabled === 'on' };
    commands.push({ op: 'vm.setIntegrationService', args });
  }
  const name = mine('name');
  if (name !== undefined) commands.push({ op: 'vm.rename', args: { vm, name: name.trim() } });
  return commands;
};

const processorsOf = (mine: (key: Key) => string | undefined) => {
  const numbers: { [key in 'count' | 'reserve' | 'limit' | 'weight']?: number } = {};
  for (const key of ['count', 'reserve', 'limit', 'weight'] as const) {
    const text = mine(key);
    if (text !== undefined) numbers[key] = Number(text);
  }
  return numbers;
};

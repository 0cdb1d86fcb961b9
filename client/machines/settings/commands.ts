import type { InputOf, OperationName } from '../../../server/protocol/operation/index.ts';
import type { Draft, Key } from './draft.ts';
import type { Subject } from './subject.ts';

const MIB = 1024 ** 2;

/** One operation, and the settings that it saves. */
export type Command = {
  [N in OperationName]: {
    readonly op: N;
    readonly args: InputOf<N>;
    readonly keys: readonly Key[];
  };
}[OperationName];

type Mine = (key: Key) => string | undefined;

/** The operations that an edited draft stands for, in the order of the pages. */
export const commandsOf = (subject: Subject, draft: Draft): readonly Command[] => {
  const mine: Mine = key => draft.get(key)?.mine;
  return [...board(subject, mine), ...devices(subject, mine), ...management(subject, mine)];
};

const ORDER = ['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy'] as const;

const board = ({ vm: { id: vm } }: Subject, mine: Mine): readonly Command[] => {
  const commands: Command[] = [];
  const order = mine('boot-order')?.split(',');
  if (order !== undefined) {
    const bootOrder = order.flatMap(name => ORDER.find(device => device === name) ?? []);
    commands.push({ op: 'vm.configure', args: { vm, bootOrder }, keys: ['boot-order'] });
  }
  const memory = mine('memory');
  if (memory !== undefined) {
    const args = { vm, startup: Number(memory) * MIB };
    commands.push({ op: 'vm.setMemory', args, keys: ['memory'] });
  }
  const keys = (['count', 'reserve', 'limit', 'weight'] as const).filter(
    key => mine(key) !== undefined,
  );
  if (keys.length > 0) {
    const numbers = Object.fromEntries(keys.map(key => [key, Number(mine(key))]));
    commands.push({ op: 'vm.setProcessors', args: { vm, ...numbers }, keys });
  }
  return commands;
};

const devices = (subject: Subject, mine: Mine): readonly Command[] => {
  const vm = subject.vm.id;
  const commands: Command[] = [];
  const dvd = mine('dvd');
  if (dvd !== undefined) {
    const image = subject.discs.find(({ id }) => id === dvd)?.id ?? null;
    commands.push({ op: 'vm.setDvd', args: { vm, image }, keys: ['dvd'] });
  }
  for (const { id: adapter } of subject.adapters) {
    const key: Key = `switch:${adapter}`;
    const to = mine(key);
    if (to === undefined) continue;
    const virtualSwitch = subject.switches.find(({ id }) => id === to)?.id ?? null;
    const args = { vm, adapter, virtualSwitch };
    commands.push({ op: 'vm.connectNetworkAdapter', args, keys: [key] });
  }
  return commands;
};

const STARTS = ['Nothing', 'StartIfRunning', 'Start'] as const;
const STOPS = ['Save', 'TurnOff', 'ShutDown'] as const;

/** The new name comes last: until then the lines name the machine as it is called. */
const management = (subject: Subject, mine: Mine): readonly Command[] => {
  const vm = subject.vm.id;
  const commands: Command[] = [];
  const notes = mine('notes');
  if (notes !== undefined)
    commands.push({ op: 'vm.configure', args: { vm, notes }, keys: ['notes'] });
  for (const { id: service } of subject.services) {
    const key: Key = `service:${service}`;
    const enabled = mine(key);
    if (enabled === undefined) continue;
    const args = { vm, service, enabled: enabled === 'on' };
    commands.push({ op: 'vm.setIntegrationService', args, keys: [key] });
  }
  const action = STARTS.find(each => each === mine('start-action'));
  const delay = mine('start-delay');
  if (action !== undefined || delay !== undefined) {
    const args = {
      vm,
      ...(action === undefined ? {} : { automaticStartAction: action }),
      ...(delay === undefined ? {} : { automaticStartDelay: Number(delay) }),
    };
    commands.push({ op: 'vm.configure', args, keys: ['start-action', 'start-delay'] });
  }
  const automaticStopAction = STOPS.find(each => each === mine('stop-action'));
  if (automaticStopAction !== undefined) {
    const args = { vm, automaticStopAction };
    commands.push({ op: 'vm.configure', args, keys: ['stop-action'] });
  }
  const name = mine('name');
  if (name !== undefined)
    commands.push({ op: 'vm.rename', args: { vm, name: name.trim() }, keys: ['name'] });
  return commands;
};

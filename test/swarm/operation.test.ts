import { expect, test } from 'vitest';
import { isOperation, OPERATIONS } from '../../server/protocol/operation/index.ts';
import { diceOf } from './dice.ts';
import { commandIn, type World } from './operation.ts';

const WORLD: World = {
  hosts: ['host:HV01'],
  vms: ['vm:HV01/1'],
  services: ['service:HV01/vmms'],
  workers: ['worker-process:HV01/1.1'],
  images: ['library-image:HV01/ws2012'],
  isos: ['library-image:HV01/ws2012-iso'],
  adapters: ['network-adapter:HV01/1/1'],
  switches: ['virtual-switch:HV01/1'],
  snapshots: ['vm-snapshot:1'],
  drives: ['disk-drive:HV01/1/IDE/0/0'],
  integrationServices: ['integration-service:HV01/1/heartbeat'],
};

test('a random life meets every operation there is, well formed', () => {
  const dice = diceOf(1);
  const met = new Set<string>();

  for (let n = 0; n < 5_000; n += 1) {
    const command = commandIn(WORLD, dice);
    if (command === null || !isOperation(command.op)) continue;
    met.add(command.op);
    expect(OPERATIONS[command.op].args.safeParse(command.args).error).toBeUndefined();
  }

  expect(Object.keys(OPERATIONS).filter(name => !met.has(name))).toEqual([]);
});

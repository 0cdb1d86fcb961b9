import { expect, test } from 'vitest';
import type { Seen } from '../state/lab-store.ts';
import { processesOf } from './process.ts';

const service = (more: Partial<Seen<'service'>>): Seen<'service'> => ({
  id: 'service:HV1/vmms',
  rev: 1,
  cause: 0,
  name: 'vmms',
  host: 'host:HV1',
  state: 'Running',
  pid: 1480,
  ...more,
});

const worker = (pid: number, vm: string): Seen<'worker-process'> => ({
  id: `worker-process:HV1/${pid}`,
  rev: 1,
  cause: 0,
  host: 'host:HV1',
  vm: `vm:${vm}`,
  pid,
  state: 'Running',
});

test('the service stands before its workers, and each worker runs as its machine', () => {
  const vm: Seen<'vm'> = { id: 'vm:ab-1', rev: 1, cause: 0, name: 'SQL01' };

  const processes = processesOf(
    [service({})],
    [worker(4388, 'ab-1'), worker(1200, 'cd-2')],
    new Map([[vm.id, vm]]),
  );

  expect(processes.map(({ image, pid }) => `${image} ${pid}`)).toEqual([
    'vmms.exe 1480',
    'vmwp.exe 1200',
    'vmwp.exe 4388',
  ]);
  expect(processes[2]).toMatchObject({ user: 'NT VIRTUAL MACHINE\\AB-1', vm: { name: 'SQL01' } });
});

test('a stopped service is no process', () => {
  expect(processesOf([service({ state: 'Stopped', pid: null })], [], new Map())).toEqual([]);
});

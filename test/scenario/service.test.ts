import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

const VMMS = { service: 'service:HV01/vmms' };

test('[VM25] without VMMS virtual machines run on and management is refused', () => {
  const lab = aLab({ vms: { Web: {}, Idle: {} } });
  lab.boot('Web');
  lab.do('service.stop', VMMS);
  lab.passUntil(() => lab.all('service')[0]?.state === 'Stopped', 30);
  const before = lab.records();

  const refused = [
    lab.vmRun('vm.start', 'Idle'),
    lab.vmRun('vm.turnOff', 'Web'),
    lab.vmRun('vm.rename', 'Web', { name: 'X' }),
    lab.run('vm.create', {
      host: 'host:HV01',
      name: 'X',
      memory: 1024 ** 3,
      processors: 1,
      disk: { from: 'none' },
      virtualSwitch: null,
      iso: null,
    }),
  ];

  for (const result of refused) {
    expect(result).toMatchObject({
      ok: false,
      fault: {
        kind: 'ServiceUnavailable',
        message: expect.stringContaining('Check that the Virtual Machine Management service'),
      },
    });
  }
  expect(lab.records()).toEqual(before);
  expect(lab.all('worker-process')).toHaveLength(1);
  lab.pass(60);
  const beats = lab.find('integration-service', each => each.id.endsWith('/heartbeat'))?.sent;
  lab.pass(20);
  expect(
    lab.find('integration-service', each => each.id.endsWith('/heartbeat'))?.sent,
  ).toBeGreaterThan(beats ?? Infinity);
  lab.check();
});

test('[VM25] started again, VMMS finds the worker processes that are there', () => {
  const lab = aLab({ vms: { Web: {}, Gone: {}, Down: {} } });
  for (const name of ['Web', 'Gone', 'Down']) lab.boot(name);
  const { partition, workerProcess } = lab.vm('Web');
  lab.do('service.stop', VMMS);
  lab.passUntil(() => lab.all('service')[0]?.state === 'Stopped', 30);
  const gone = lab.find('worker-process', each => each.vm === lab.vm('Gone').id);
  lab.do('process.end', { process: gone?.id ?? '' });
  lab.vmDo('guest.shutDown', 'Down');
  lab.pass(30);
  expect(lab.vm('Gone').state).toBe('Running');

  lab.do('service.start', VMMS);
  lab.passUntil(() => lab.all('service')[0]?.state === 'Running', 10);
  lab.pass(1);

  expect(lab.vm('Web')).toMatchObject({
    state: 'Running',
    partition,
    workerProcess,
    heartbeat: 'OkApplicationsUnknown',
  });
  expect(lab.vm('Gone').state).toBe('Off');
  expect(lab.vm('Down').state).toBe('Off');
  lab.check();
  lab.boot('Gone');
});

test('[VM26] a stopping VMMS lets a start come to its end', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.vmDo('vm.start', 'Web');
  lab.pass(0.5);

  lab.do('service.stop', VMMS);
  lab.passUntil(() => lab.all('service')[0]?.state === 'Stopped', 30);

  expect(lab.vm('Web').state).toBe('Running');
  lab.check();
});

test('[VM26] what has not ended after 20 seconds is turned round', () => {
  const lab = aLab({ vms: { Web: { memory: '16 GB' } } });
  lab.boot('Web');
  lab.vmDo('vm.save', 'Web');
  lab.pass(2);

  lab.do('service.stop', VMMS);
  lab.pass(25);

  expect(lab.all('service')[0]?.state).toBe('Stopped');
  expect(lab.vm('Web').state).toBe('Running');
  expect(lab.guest('Web').suspended).toBe(false);
  lab.do('service.start', VMMS);
  lab.pass(10);
  expect(lab.vm('Web').heartbeat).toBe('OkApplicationsUnknown');
  lab.check();
});

test('[VM27] [WP2] a worker process that is ended takes its own virtual machine Off and no other', () => {
  const lab = aLab({ vms: { Web: {}, Other: {} } });
  lab.boot('Web');
  lab.boot('Other');
  const other = lab.vm('Other');
  const { memoryAssigned } = lab.host();
  const worker = lab.vm('Web').workerProcess;

  lab.do('process.end', { process: worker ?? '' });
  lab.pass(0.1);

  expect(lab.vm('Web').state).toBe('Off');
  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(14070);
  expect(lab.vm('Other')).toEqual(other);
  expect(lab.all('worker-process')).toHaveLength(1);
  expect(lab.host().memoryAssigned).toBe(memoryAssigned / 2);
  lab.check();
});

test.each(['vm.start', 'vm.save', 'vm.pause', 'vm.reset', 'vm.turnOff', 'vm.shutDown'])(
  '[VM27] [WP2] ended in the middle of %s, it leaves nothing behind',
  op => {
    for (const span of [0, 0.25, 0.6, 1.1, 2, 2.7]) {
      const lab = aLab({ vms: { Web: {} } });
      if (op !== 'vm.start') lab.boot('Web');
      lab.vmDo(op, 'Web');
      lab.pass(span);
      const worker = lab.all('worker-process')[0];
      if (worker !== undefined) lab.do('process.end', { process: worker.id });
      lab.pass(10);

      lab.check();
      if (worker !== undefined) expect(lab.vm('Web').state, `${op} after ${span}`).toBe('Off');
    }
  },
);

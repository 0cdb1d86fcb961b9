import { expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../../server/protocol/time.ts';
import { aLab } from '../fixture/lab.ts';

test('[VM12] turning off does not ask the guest', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntilState('Web', 'Off', 5);

  expect(lab.told('guest')).not.toContain('The system is shutting down');
  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18502);
  lab.check();
});

test('[VM14] [GU10] a paused virtual machine keeps all it has and stands still', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.vmDo('vm.start', 'Web');
  lab.pass(10);
  const { phase } = lab.guest('Web');
  lab.vmDo('vm.pause', 'Web');
  lab.passUntilState('Web', 'Paused');
  const { workerProcess, partition, memoryAssigned, uptimeBefore } = lab.vm('Web');

  lab.pass(1000);

  expect(lab.vm('Web')).toMatchObject({ workerProcess, partition, memoryAssigned, uptimeBefore });
  expect(lab.vm('Web').heartbeat).toBe('Paused');
  expect(lab.vm('Web').cpuLoad).toBe(0);
  expect(lab.guest('Web')).toMatchObject({ phase, suspended: true });
  expect(lab.all('virtual-processor').find(vp => vp.vm !== null)?.state).toBe('Suspended');
  lab.check();

  lab.vmDo('vm.resume', 'Web');
  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 40);

  expect(lab.events(lab.vm('Web').id)).toEqual(expect.arrayContaining([18516, 18518]));
  const { runningSince } = lab.vm('Web');
  expect(uptimeBefore / TICKS_PER_SECOND).toBeLessThan(10);
  expect(runningSince).not.toBeNull();
  lab.check();
});

test('[GU10] pausing in any second of a boot delays it by no more than the pause', () => {
  const plain = aLab({ vms: { Web: {} } });
  plain.boot('Web');
  const whole = plain.now;

  for (let second = 3; second < 27; second += 2) {
    const lab = aLab({ vms: { Web: {} } });
    lab.vmDo('vm.start', 'Web');
    lab.pass(second);
    lab.vmDo('vm.pause', 'Web');
    lab.passUntilState('Web', 'Paused');
    lab.pass(100);
    lab.vmDo('vm.resume', 'Web');
    lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);

    // Heartbeats go out every two seconds, so one may be met a little later.
    expect(lab.now - 100 - whole).toBeLessThan(3);
    expect(lab.now - 100 - whole).toBeGreaterThan(-1);
    lab.check();
  }
});

test('[VM15] a reset begins at the BIOS in the same partition and worker process', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const { partition, workerProcess } = lab.vm('Web');

  lab.vmDo('vm.reset', 'Web');
  lab.passUntilState('Web', 'Running');

  expect(lab.vm('Web')).toMatchObject({ partition, workerProcess, heartbeat: 'NoContact' });
  expect(lab.guest('Web')).toMatchObject({ phase: 'Firmware', os: null, enlightened: false });
  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18512);
  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 40);
  lab.check();
});

test('[VM15] a reset in any second of a boot boots again', () => {
  for (let second = 3; second < 32; second += 3) {
    const lab = aLab({ vms: { Web: {} } });
    lab.vmDo('vm.start', 'Web');
    lab.pass(second);

    lab.vmDo('vm.reset', 'Web');
    lab.pass(1);
    lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 40);

    lab.check();
  }
});

test('[GU9] CPU use is that of the phase and never more than the limit', () => {
  const lab = aLab({ vms: { Free: {}, Half: {} } });
  lab.vmDo('vm.setProcessors', 'Half', { limit: 50 });
  lab.vmDo('vm.start', 'Free');
  lab.vmDo('vm.start', 'Half');

  lab.pass(4);

  expect(lab.guest('Free').phase).toBe('Firmware');
  expect(lab.vm('Free').cpuLoad).toBe(1000);
  expect(lab.vm('Half').cpuLoad).toBe(500);
  expect(lab.all('dice').filter(dice => dice.id.includes('guest'))).toEqual([]);
});

test('[WP1] each running virtual machine has a worker process of its own with one partition', () => {
  const lab = aLab({ vms: { A: {}, B: {}, C: {} } });
  for (const name of ['A', 'B', 'C']) lab.vmDo('vm.start', name);

  lab.pass(10);

  const workers = lab.all('worker-process');
  expect(new Set(workers.map(worker => worker.pid)).size).toBe(3);
  expect(new Set(workers.map(worker => worker.partition)).size).toBe(3);
  expect(workers.map(worker => worker.vm).toSorted()).toEqual(
    ['A', 'B', 'C'].map(name => lab.vm(name).id).toSorted(),
  );
});

test('[WP3] a guest makes port accesses while it boots and none once its drivers are loaded', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const { interceptsHandled } = lab.all('worker-process')[0] ?? { interceptsHandled: 0 };
  const partition = lab.all('partition').find(each => each.type === 'child');

  lab.pass(60);

  expect(interceptsHandled).toBeGreaterThan(1000);
  const counted = [
    partition?.ioIntercepts ?? 0,
    partition?.memoryIntercepts ?? 0,
    partition?.msrIntercepts ?? 0,
  ];
  expect(counted.every(count => count > 0)).toBe(true);
  expect(counted.reduce((sum, count) => sum + count)).toBe(interceptsHandled);
  expect(lab.all('worker-process')[0]?.interceptsHandled).toBe(interceptsHandled);
});

test('[WP5] a dynamic MAC address is given at the first start and kept', () => {
  const lab = aLab({ vms: { Web: {} } });
  const none = lab.all('network-adapter')[0]?.mac;
  lab.vmDo('vm.start', 'Web');
  lab.pass(5);
  const first = lab.all('network-adapter')[0]?.mac;
  lab.vmDo('vm.turnOff', 'Web');
  lab.pass(5);

  lab.vmDo('vm.start', 'Web');
  lab.pass(5);

  expect(none).toBe('00-00-00-00-00-00');
  expect(first).toMatch(/^00-15-5D-/);
  expect(lab.all('network-adapter')[0]?.mac).toBe(first);
});

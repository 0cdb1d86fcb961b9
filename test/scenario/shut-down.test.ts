import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

test('[VM16] shutting down asks the guest and ends when the guest powers off', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  lab.vmDo('vm.shutDown', 'Web');
  lab.passUntil(() => lab.guest('Web').phase === 'ShuttingDown', 5);
  const meanwhile = lab.vm('Web').state;
  lab.passUntilState('Web', 'Off', 30);
  lab.pass(1);

  expect(meanwhile).toBe('Stopping');
  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18504);
  expect(lab.find('job', job => job.procedure === 'shut-down-vm')?.state).toBe('Completed');
  lab.check();
});

test('[VM17] without an answering service, shutting down is refused and changes nothing', () => {
  const lab = aLab({ vms: { Web: {}, Dos: { disk: 'msdos' } } });
  lab.vmDo('vm.start', 'Web');
  lab.vmDo('vm.start', 'Dos');
  lab.pass(15);
  const before = lab.records();

  const booting = lab.vmRun('vm.shutDown', 'Web');
  const dos = lab.vmRun('vm.shutDown', 'Dos');

  const fault = {
    kind: 'NotReady',
    code: 32780,
    message:
      'The virtual machine could not be shut down because the Hyper-V Shutdown integration service is unavailable.',
  };
  expect(booting).toMatchObject({ ok: false, fault });
  expect(dos).toMatchObject({ ok: false, fault });
  expect(lab.records()).toEqual(before);
});

test('[VM17] a shutdown service that is switched off is none', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  const service = lab.find('integration-service', each => each.id.endsWith('/shutdown'));
  lab.vmDo('vm.setIntegrationService', 'Web', { service: service?.id ?? '', enabled: false });
  lab.pass(1);

  const refused = lab.vmRun('vm.shutDown', 'Web');

  expect(refused).toMatchObject({ ok: false, fault: { kind: 'NotReady' } });
});

test('[VM16] a guest that is turned off while it shuts down is Off', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.shutDown', 'Web');
  lab.pass(2);

  lab.vmDo('vm.turnOff', 'Web');
  lab.passUntilState('Web', 'Off', 5);

  expect(lab.find('job', job => job.procedure === 'shut-down-vm')?.state).toBe('Killed');
  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18502);
  lab.check();
});

test('[VM16] a guest that crashes instead leaves its virtual machine running after five minutes', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.vmDo('vm.shutDown', 'Web');
  lab.vmDo('guest.crash', 'Web');

  lab.pass(310);

  expect(lab.vm('Web').state).toBe('Running');
  expect(lab.find('job', job => job.procedure === 'shut-down-vm')?.error).toContain('in time');
  lab.check();
});

test('[GU11] a guest that its own user shuts down takes its virtual machine Off', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');

  lab.vmDo('guest.shutDown', 'Web');
  lab.passUntilState('Web', 'Off', 30);

  expect(lab.events(lab.vm('Web').id).at(-1)).toBe(18508);
  expect(lab.all('worker-process')).toEqual([]);
  lab.check();
});

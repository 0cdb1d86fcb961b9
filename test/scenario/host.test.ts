import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

const HOST = { host: 'host:HV01' };

test('[VM28] a host that shuts down follows each automatic stop action', () => {
  const lab = aLab({
    vms: {
      Save: {},
      Off: { automaticStopAction: 'TurnOff' },
      Down: { automaticStopAction: 'ShutDown' },
      Dos: { disk: 'msdos', automaticStopAction: 'ShutDown' },
      Idle: {},
    },
  });
  for (const name of ['Save', 'Off', 'Down']) lab.boot(name);
  lab.vmDo('vm.start', 'Dos');
  lab.pass(10);

  lab.do('host.shutDown', HOST);
  lab.passUntil(() => lab.host().state === 'Off', 120);

  expect(['Save', 'Off', 'Down', 'Dos', 'Idle'].map(name => lab.vm(name).state)).toEqual([
    'Saved',
    'Off',
    'Off',
    'Off',
    'Off',
  ]);
  expect(lab.events(lab.vm('Save').id)).toContain(18510);
  expect(lab.events(lab.vm('Off').id)).toContain(18502);
  expect(lab.events(lab.vm('Down').id)).toContain(18504);
  lab.check();
});

test('[VM28] one that is just starting, saving or pausing does not keep its host up', () => {
  for (const op of ['vm.start', 'vm.save', 'vm.pause', 'vm.reset', 'vm.shutDown', 'vm.turnOff']) {
    const lab = aLab({ vms: { Web: {} } });
    if (op !== 'vm.start') lab.boot('Web');
    lab.vmDo(op, 'Web');

    lab.do('host.shutDown', HOST);
    lab.passUntil(() => lab.host().state === 'Off', 120);

    lab.check();
  }
});

test('[VM29] a host that starts starts whom it should', () => {
  const lab = aLab({
    vms: {
      Ran: {},
      Saved: {},
      Idle: {},
      Always: { automaticStartAction: 'Start' },
      Never: { automaticStartAction: 'Nothing' },
    },
  });
  for (const name of ['Ran', 'Saved', 'Never']) lab.boot(name);
  lab.do('host.shutDown', HOST);
  lab.passUntil(() => lab.host().state === 'Off', 120);

  lab.do('host.start', HOST);
  lab.passUntil(() => lab.host().state === 'Running', 60);
  lab.pass(60);

  expect(['Ran', 'Saved', 'Idle', 'Always', 'Never'].map(name => lab.vm(name).state)).toEqual([
    'Running',
    'Running',
    'Off',
    'Running',
    'Saved',
  ]);
  expect(lab.events().filter(id => id === 1)).toHaveLength(2);
  lab.check();
});

test('[VM30] a host that loses its power loses what was in memory and nothing on its volumes', () => {
  const lab = aLab({ hosts: ['HV01', 'HV02'], vms: { Web: {}, Kept: {}, Far: { host: 'HV02' } } });
  for (const name of ['Web', 'Kept', 'Far']) lab.boot(name);
  lab.vmDo('vm.save', 'Kept');
  lab.passUntilState('Kept', 'Saved');
  const disks = lab.all('virtual-disk').map(({ id, path, content }) => ({ id, path, content }));

  lab.do('host.powerOff', HOST);

  expect(lab.host().state).toBe('Off');
  expect(lab.vm('Web').state).toBe('Off');
  expect(lab.vm('Kept').state).toBe('Saved');
  expect(lab.vm('Far').state).toBe('Running');
  expect(lab.all('partition').filter(each => each.host === 'host:HV01')).toEqual([]);
  expect(lab.all('virtual-disk').map(({ id, path, content }) => ({ id, path, content }))).toEqual(
    disks,
  );
  lab.check();

  lab.do('host.start', HOST);
  lab.passUntil(() => lab.host().state === 'Running', 60);
  lab.passUntil(() => lab.vm('Web').heartbeat === 'OkApplicationsUnknown', 60);
  lab.vmDo('vm.start', 'Kept');
  lab.passUntilState('Kept', 'Running');
  lab.check();
});

test('[VM30] power lost in any second of a start, a save or a boot of the host leaves no trace', () => {
  for (let span = 0; span < 40; span += 1.7) {
    const lab = aLab({ vms: { Web: {}, Other: {} } });
    lab.vmDo('vm.start', 'Web');
    lab.pass(span);
    if (lab.vm('Web').state === 'Running') lab.vmDo('vm.save', 'Web');
    lab.vmDo('vm.start', 'Other');
    lab.pass(1);

    lab.do('host.powerOff', HOST);
    lab.check();
    lab.do('host.start', HOST);
    lab.pass(span);
    lab.run('host.powerOff', HOST);
    lab.check();
    lab.pass(30);
    lab.check();

    expect(lab.all('job').filter(job => job.state === 'Running')).toEqual([]);
  }
});

test('[VM31] [VM11] a host that is off, or has no hypervisor, says so', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.do('host.powerOff', HOST);
  const before = lab.records();

  const off = lab.vmRun('vm.start', 'Web');

  expect(off).toMatchObject({
    ok: false,
    fault: {
      code: 0x8007_06ba,
      message:
        "Cannot connect to the RPC service on computer 'HV01'. Make sure your RPC service is running.",
    },
  });
  expect(lab.records()).toEqual(before);
  expect(lab.run('host.shutDown', HOST)).toMatchObject({ ok: false });
  expect(lab.run('host.powerOff', HOST)).toMatchObject({ ok: false });
});

test('[VM11] without a hypervisor a start is refused', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.do('host.powerOff', HOST);
  Object.assign(lab.host(), { hypervisorLaunchType: 'off' });
  lab.do('host.start', HOST);
  lab.pass(30);
  const before = lab.records();

  const refused = lab.vmRun('vm.start', 'Web');

  expect(refused).toMatchObject({ ok: false, fault: { kind: 'HypervisorNotRunning' } });
  expect(lab.events()).toContain(5);
  expect(lab.records()).toEqual(before);
});

import { expect, test } from 'vitest';
import type { Json } from '../../server/base/json.ts';
import { ECHO, type EchoNames, echoOf } from '../../server/powershell/echo/echo.ts';
import { type OperationName, OPERATIONS } from '../../server/protocol/operation/index.ts';
import { type Lab, aLab } from '../fixture/lab.ts';
import { BenchShell, viewOf } from '../fixture/shell.ts';

const theLab = (): Lab =>
  aLab({
    hosts: ['HV01', 'HV02'],
    vms: { 'Web 01': {}, SQL01: { host: 'HV02', iso: 'ws2012-setup' } },
  });

const namesIn = (lab: Lab): EchoNames => {
  const view = viewOf(lab);
  return {
    vm: id => view.get('vm', id as `vm:${string}`),
    host: id => view.get('host', id as `host:${string}`)?.name,
    virtualSwitch: id => view.get('virtual-switch', id as `virtual-switch:${string}`)?.name,
    path: id =>
      view.get('virtual-disk', id as `virtual-disk:${string}`)?.path ??
      view.get('library-image', id as `library-image:${string}`)?.path,
    adapter: id => view.get('network-adapter', id as `network-adapter:${string}`)?.name,
    integrationService: id =>
      view.get('integration-service', id as `integration-service:${string}`)?.name,
    service: id => view.get('service', id as `service:${string}`),
  };
};

/** What comes before, as operations, and the operation itself. */
interface Case {
  readonly before?: (lab: Lab) => void;
  readonly args: (lab: Lab) => { readonly [name: string]: Json };
}

const web = (lab: Lab): { readonly vm: string } => ({ vm: lab.vm('Web 01').id });
const started = (lab: Lab): void => {
  lab.do('vm.start', web(lab));
  lab.passUntil(() => lab.vm('Web 01').heartbeat === 'OkApplicationsUnknown', 120);
};
const first = (lab: Lab, kind: 'network-adapter' | 'service' | 'integration-service'): string => {
  const [one] = viewOf(lab)
    .all(kind)
    .filter(({ host }) => host === lab.vm('Web 01').host);
  return one?.id ?? '';
};

const list = { host: 'host:HV02', path: 'C:\\Lists\\racks.txt' };
const written = (lab: Lab): void => {
  lab.do('file.write', { ...list, text: 'R1\r\n', append: false, encoding: 'ASCII' });
};

const CASES: { readonly [N in OperationName]?: Case } = {
  'vm.create': {
    args: lab => ({
      host: lab.vm('Web 01').host,
      name: "Ann's",
      memory: 1024 * 1024 * 1024,
      disk: { from: 'empty', size: 60 * 1024 * 1024 * 1024 },
      virtualSwitch: viewOf(lab).all('virtual-switch')[0]?.id ?? null,
    }),
  },
  'vm.start': { args: web },
  'vm.pause': { before: started, args: web },
  'vm.resume': {
    before: lab => {
      started(lab);
      lab.do('vm.pause', web(lab));
      lab.pass(2);
    },
    args: web,
  },
  'vm.save': { before: started, args: web },
  'vm.deleteSavedState': {
    before: lab => {
      started(lab);
      lab.do('vm.save', web(lab));
      lab.passUntil(() => lab.vm('Web 01').state === 'Saved', 120);
    },
    args: web,
  },
  'vm.reset': { before: started, args: web },
  'vm.turnOff': { before: started, args: web },
  'vm.shutDown': { before: started, args: web },
  'vm.rename': { args: lab => ({ ...web(lab), name: 'Web 02' }) },
  'vm.delete': { args: web },
  'vm.setMemory': { args: lab => ({ ...web(lab), startup: 768 * 1024 * 1024 }) },
  'vm.setProcessors': { args: lab => ({ ...web(lab), count: 2, reserve: 10 }) },
  'vm.configure': {
    args: lab => ({ ...web(lab), notes: "Ann's", automaticStopAction: 'ShutDown' }),
  },
  'vm.setDvd': {
    args: lab => ({
      ...web(lab),
      image:
        viewOf(lab)
          .all('library-image')
          .find(one => one.type === 'Iso' && one.host === lab.vm('Web 01').host)?.id ?? null,
    }),
  },
  'vm.connectNetworkAdapter': {
    args: lab => ({ ...web(lab), adapter: first(lab, 'network-adapter'), virtualSwitch: null }),
  },
  'vm.setIntegrationService': {
    args: lab => ({ ...web(lab), service: first(lab, 'integration-service'), enabled: false }),
  },
  'file.write': {
    before: written,
    args: () => ({ ...list, text: "Ann's\r\nR2\r\n", append: true }),
  },
  'file.makeFolder': { args: () => ({ ...list, path: 'C:\\Notes' }) },
  'file.move': { before: written, args: () => ({ ...list, to: 'C:\\Lists\\old racks.txt' }) },
  'file.remove': { before: written, args: () => ({ ...list, path: 'C:\\Lists' }) },
  'host.shutDown': { args: lab => ({ host: lab.vm('SQL01').host }) },
  'service.stop': { args: lab => ({ service: first(lab, 'service') }) },
  'service.start': {
    before: lab => {
      lab.do('service.stop', { service: first(lab, 'service') });
      lab.pass(10);
    },
    args: lab => ({ service: first(lab, 'service') }),
  },
};

/** Long enough for anything that was begun. */
const SECONDS = 60;

test('every operation has a line or stands here as one without', () => {
  const without = Object.keys(OPERATIONS).filter(op => ECHO[op as OperationName] === null);

  expect(without.toSorted()).toEqual(
    [
      'clock.pause',
      'clock.resume',
      'clock.speed',
      'clock.step',
      'guest.crash',
      'guest.shutDown',
      'host.powerOff',
      'host.start',
      'process.end',
    ].toSorted(),
  );
  expect(Object.keys(CASES).toSorted()).toEqual(
    Object.keys(OPERATIONS)
      .filter(op => !without.includes(op))
      .toSorted(),
  );
});

test.each(Object.entries(CASES))(
  '%s: the line does what the button does',
  (op, { before, args }) => {
    const [byButton, byLine] = [theLab(), theLab()];
    for (const lab of [byButton, byLine]) before?.(lab);
    const given = args(byButton);
    const name = op as OperationName;
    const parsed = OPERATIONS[name].args.parse(given) as Json;
    const line = echoOf(name, parsed as never, namesIn(byLine));
    const end = byButton.now + SECONDS;

    expect(byButton.run(op, parsed)).toMatchObject({ ok: true });
    const printed = new BenchShell(byLine).type(line ?? '');

    expect(printed.replaceAll(/\n+/g, ' ')).not.toContain('CategoryInfo');
    for (const lab of [byButton, byLine]) lab.pass(end - lab.now);
    expect(byLine.world.stateHash().toString()).toBe(byButton.world.stateHash().toString());
  },
);

import { expect, test } from 'vitest';
import { draw } from '../../server/base/prng.ts';
import type { Lab } from '../fixture/lab.ts';
import { aLab } from '../fixture/lab.ts';

const OPERATIONS = [
  'vm.start',
  'vm.pause',
  'vm.resume',
  'vm.save',
  'vm.reset',
  'vm.turnOff',
  'vm.shutDown',
  'vm.deleteSavedState',
  'guest.crash',
  'guest.shutDown',
] as const;

const VMS = {
  Web: {},
  Sql: { processors: 2, memory: '2 GB' },
  Old: { disk: 'ws2008r2' },
  Dos: { disk: 'msdos' },
  New: { disk: 'empty', iso: 'msdos-setup' },
  Far: { host: 'HV02' },
} as const;

/** Two minutes of a busy lab; `between` is called after every input. */
function play(seed: number, between: (lab: Lab, dice: (sides: number) => number) => void): Lab {
  const lab = aLab({ seed: `play-${seed}`, hosts: ['HV01', 'HV02'], vms: VMS });
  let drawn = 0;
  const dice = (sides: number): number => {
    drawn += 1;
    return draw(seed, 1, drawn) % sides;
  };
  const names = Object.keys(VMS);
  for (let input = 0; input < 60; input += 1) {
    lab.pass(dice(40) / 10);
    const op = OPERATIONS[dice(OPERATIONS.length)] ?? 'vm.start';
    const odd = dice(25);
    if (odd === 0) lab.run('host.powerOff', { host: 'host:HV01' });
    else if (odd === 1) lab.run('host.shutDown', { host: 'host:HV01' });
    else if (odd < 5) lab.run('host.start', { host: 'host:HV01' });
    else if (odd === 5) lab.run('service.stop', { service: 'service:HV01/vmms' });
    else if (odd < 8) lab.run('service.start', { service: 'service:HV01/vmms' });
    else if (odd === 8) lab.run('process.end', { process: lab.all('worker-process')[0]?.id ?? '' });
    else
      lab.vmRun(
        op,
        names[dice(names.length)] ?? 'Web',
        op === 'vm.shutDown' ? { force: false } : {},
      );
    between(lab, dice);
  }
  lab.pass(30);
  return lab;
}

test.each([1, 2, 3, 4, 5, 6])('the same inputs come to the same hash twice, seed %i', seed => {
  const first = play(seed, () => {});

  const second = play(seed, () => {});

  expect(second.hash()).toBe(first.hash());
  expect(second.facts).toEqual(first.facts);
});

test.each([11, 12, 13, 14, 15, 16])(
  'a lab that is stored and loaded at random turns comes to the same hash, seed %i',
  seed => {
    const plain = play(seed, (_, dice) => dice(3));

    const reloaded = play(seed, (lab, dice) => {
      if (dice(3) === 0) lab.reload();
    });

    expect(reloaded.hash()).toBe(plain.hash());
  },
);

test.each([21, 22, 23, 24, 25, 26, 27, 28, 29, 30])(
  'whatever is done, every invariant holds after every input, seed %i',
  seed => {
    const lab = play(seed, each => each.check());

    lab.check();
  },
);

test('every turn of a start, a boot and a shut-down keeps the invariants', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.vmDo('vm.start', 'Web');
  lab.passUntil(each => {
    each.check();
    return each.vm('Web').heartbeat === 'OkApplicationsUnknown';
  });

  lab.vmDo('vm.shutDown', 'Web', { force: false });
  lab.passUntil(each => {
    each.check();
    return each.vm('Web').state === 'Off';
  });

  lab.check();
});

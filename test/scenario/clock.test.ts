import { expect, test } from 'vitest';
import { aLab } from '../fixture/lab.ts';

test('pause, resume and speed change the record of the clock', () => {
  const lab = aLab();

  lab.do('clock.pause');
  const paused = { ...lab.get('clock', 'clock:lab') };
  lab.do('clock.speed', { speed: 60_000 });
  lab.do('clock.resume');

  expect(paused).toMatchObject({ running: false, changedBy: 'person:ada' });
  expect(lab.get('clock', 'clock:lab')).toMatchObject({ running: true, speed: 60_000 });
});

test('the lab sleeps and wakes without forgetting that it was paused', () => {
  const lab = aLab();
  lab.do('clock.pause');

  lab.do('clock.sleep');
  const asleep = { ...lab.get('clock', 'clock:lab') };
  lab.do('clock.wake');

  expect(asleep).toMatchObject({ sleeping: true, running: false });
  expect(lab.get('clock', 'clock:lab')).toMatchObject({ sleeping: false, running: false });
});

test('only a paused lab is stepped', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.vmDo('vm.start', 'Web');

  const running = lab.run('clock.step', { to: 'second' });
  const before = lab.now;
  lab.do('clock.pause');
  lab.do('clock.step', { to: 'second' });

  expect(running).toMatchObject({ ok: false, fault: { kind: 'NotPaused' } });
  expect(lab.now - before).toBe(1);
});

test('a step goes to the next step of a job', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.vmDo('vm.start', 'Web');
  lab.do('clock.pause');
  const seen: string[] = [];

  for (let step = 0; step < 5; step += 1) {
    lab.do('clock.step', { to: 'job-step' });
    seen.push(lab.all('job')[0]?.stepTitle ?? '');
  }

  expect(new Set(seen).size).toBeGreaterThanOrEqual(4);
});

test('with no task running there is no next step of one, and no time passes in search of it', () => {
  const lab = aLab({ vms: { Web: {} } });
  lab.boot('Web');
  lab.pass(1);
  lab.do('clock.pause');
  const before = { now: lab.now, turn: lab.turn };

  const step = lab.run('clock.step', { to: 'job-step' });

  expect(step).toMatchObject({ ok: false, fault: { kind: 'NoJob' } });
  expect(step.ok ? '' : step.fault.message).toContain('No task is running');
  // The turn is the input's own.
  expect({ now: lab.now, turn: lab.turn }).toEqual({ ...before, turn: before.turn + 1 });
});

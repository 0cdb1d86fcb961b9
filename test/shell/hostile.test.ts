import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConsoleScreen } from '../../server/powershell/console/screen.ts';
import { openShell } from '../../server/powershell/console/open-shell.ts';
import { type Lab, aLab } from '../fixture/lab.ts';
import { fulfil, viewOf } from '../fixture/shell.ts';
import { ESCAPES, random } from './hostile.fixture.ts';

// Two thousand scripts against the whole shell over a lab: those that somebody would try by hand, and
// many that the grammar makes. None may throw at its driver, go on for ever, or keep others waiting.

const SCRIPTS = 2_000;

/** Lab seconds a line may sleep before somebody presses Ctrl+C. */
const PATIENCE = 60;
/** Milliseconds of processor that a line may use; a limit of steps ends it long before. */
const LINE = 30_000;
/** Milliseconds of processor between two breaths: so long others wait. */
const BREATH = 500;

const aHouse = (): Lab =>
  aLab({ hosts: ['HV01', 'HV02'], vms: { WEB01: {}, SQL01: { host: 'HV02' } }, vmLimit: 20 });

const milliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

interface Ended {
  readonly text: string;
  readonly used: number;
  readonly longest: number;
  readonly isAlive: boolean;
  /** What it threw at its driver. */
  readonly crash: string | null;
}

/** Nothing may come out of a session but its end. */
const tried = (lab: Lab, text: string): Ended => {
  try {
    return attempt(lab, text);
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { text: text.slice(0, 200), used: 0, longest: 0, isAlive: false, crash };
  }
};

const attempt = (lab: Lab, text: string): Ended => {
  const screen = new ConsoleScreen(120);
  const setup = { lab: viewOf(lab), computer: 'host:HV01', seed: 7, lines: [] };
  const shell = openShell({ ...setup, screen });
  const begun = milliseconds();
  let longest = 0;
  const type = (line: string): string => {
    let printed = '';
    const steps = shell.run(line);
    const asleep = lab.now + PATIENCE;
    for (let from = milliseconds(), next = steps.next(); next.done !== true;) {
      longest = Math.max(longest, milliseconds() - from);
      printed = (printed + screen.take()).slice(-4_000);
      const wait = next.value;
      if (wait.wait === 'moment') nap(lab, wait, asleep);
      else fulfil(lab, wait, () => null);
      const isLate = milliseconds() - begun > LINE || lab.now >= asleep;
      from = milliseconds();
      next = isLate ? steps.return(undefined) : steps.next();
    }
    return printed + screen.take();
  };
  type(text);
  // Wherever it went, and whatever it redefined, the console is there; its limits begin anew.
  const isAlive = type('Exit-PSSession; & { 6 * 7 }').includes('42');
  return { text: text.slice(0, 200), used: milliseconds() - begun, longest, isAlive, crash: null };
};

/** Passes time until the wait is over, or patience is. */
const nap = (
  lab: Lab,
  {
    until,
    deadline,
  }: { until: (view: ReturnType<typeof viewOf>) => boolean; deadline: number | null },
  end: number,
): void => {
  const view = viewOf(lab);
  while (lab.now < end && !until(view) && !(deadline !== null && view.now >= deadline))
    lab.pass(0.5);
};

test('[PS704] two thousand hostile and random scripts crash nothing, escape nowhere and end', () => {
  const scripts = [...ESCAPES, ...fc.sample(random, { numRuns: SCRIPTS - ESCAPES.length })];
  let lab = aHouse();

  const ended = scripts.map((text, index) => {
    // What a lab has become is part of the trial, for a while.
    if (index % 100 === 0) lab = aHouse();
    return tried(lab, text);
  });

  expect(ended).toHaveLength(SCRIPTS);
  expect(ended.filter(({ crash }) => crash !== null)).toEqual([]);
  expect(ended.filter(({ isAlive }) => !isAlive)).toEqual([]);
  expect(ended.filter(({ used }) => used > LINE)).toEqual([]);
  expect(ended.filter(({ longest }) => longest > BREATH)).toEqual([]);
  expect(Object.keys({})).toEqual([]);
  expect('polluted' in {}).toBe(false);
}, 580_000);

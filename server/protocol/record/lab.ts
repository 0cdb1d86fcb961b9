import { bool, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';

/** One row, `clock:lab`: pausing and speed are inputs, so they are state of the machine. */
export const clockTable = table({
  kind: 'clock',
  about: 'How lab time runs: paused or at a speed.',
  scopes: ['lab'],
  fields: {
    era: text<'2012'>({ list: true }),
    labName: text({ list: true }),
    /** Unix milliseconds of the lab's calendar at lab time 0. */
    calendarStart: int({ list: true }),
    running: bool({ list: true }),
    /** Nobody is there: a pause that ends when somebody opens the lab. */
    sleeping: bool({ list: true }),
    /** Thousandths: 1 is 1/1000x, 1000 is real time, 60000 is 60x. */
    speed: int({ list: true }),
    changedBy: textOrNull({ list: true }),
    /** Limits of the lab file. */
    vmLimit: int({ class: 'hidden' }),
  },
});

/** How often an entity has drawn: with the seed this is the whole state of its dice. */
export const diceTable = table({
  kind: 'dice',
  about: 'How many draws an entity has taken from its own dice.',
  scopes: [],
  fields: { drawn: int({ class: 'hidden' }) },
});

/** A procedure under way: the table it follows, the step it is at. */
export const jobTable = table({
  kind: 'job',
  about: 'A Msvm_ConcreteJob of VMMS: an operation that takes time, with its steps and percent.',
  scopes: ['lab'],
  indexes: ['vm', 'host', 'state'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    vm: textOrNull<Id<'vm'>>({ list: true }),
    vmName: textOrNull({ list: true }),
    /** The procedure's name in its table, e.g. `start-vm`. */
    procedure: text({ list: true }),
    /** What a person reads: "Starting virtual machine SQL01". */
    title: text({ list: true }),
    /** Msvm_ConcreteJob.JobState: 2 new, 3 starting, 4 running, 7 completed, 8 terminated, 9 killed, 10 exception. */
    state: text<'Running' | 'Completed' | 'Killed' | 'Exception'>({ list: true }),
    percent: int({ list: true }),
    step: int({ list: true }),
    stepTitle: text({ list: true }),
    stepsTotal: int({ list: true }),
    startedAt: int({ list: true }),
    endedAt: intOrNull({ list: true }),
    person: textOrNull({ list: true }),
    error: textOrNull({ list: true }),
    /** The procedure's own arguments. */
    args: json<{ readonly [key: string]: string | number | boolean | null }>({ class: 'hidden' }),
  },
});

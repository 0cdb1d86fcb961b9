import type { Id, PersonId } from '../../protocol/id.ts';
import type { ArgsOf, OperationResult, Refusal } from '../../protocol/operation/index.ts';
import type { Turn } from './turn.ts';

// How lab time runs is state of the machine, changed by inputs like everything else: whoever
// replays the inputs pauses where the lab paused. The pace itself belongs to the lab's runtime.

export const CLOCK: Id<'clock'> = 'clock:lab';

const DONE: OperationResult = { ok: true, value: null };

export const CLOCK_HANDLERS = {
  'clock.pause': (turn: Turn, _args: object, person: PersonId | null) => {
    turn.patch('clock', CLOCK, { running: false, changedBy: person });
    return DONE;
  },
  'clock.resume': (turn: Turn, _args: object, person: PersonId | null) => {
    turn.patch('clock', CLOCK, { running: true, changedBy: person });
    return DONE;
  },
  'clock.speed': (turn: Turn, { speed }: ArgsOf<'clock.speed'>, person: PersonId | null) => {
    turn.patch('clock', CLOCK, { speed, changedBy: person });
    return DONE;
  },
  /** The machine itself moves the time, after this has said that it may. */
  'clock.step': (turn: Turn, { to }: ArgsOf<'clock.step'>): OperationResult => {
    const { running } = turn.must('clock', CLOCK);
    if (running) return { ok: false, fault: NOT_PAUSED };
    const isJob = to !== 'job-step' || turn.all('job').some(({ state }) => state === 'Running');
    return isJob ? DONE : { ok: false, fault: NO_JOB };
  },
  'clock.sleep': (turn: Turn) => {
    turn.patch('clock', CLOCK, { sleeping: true });
    return DONE;
  },
  'clock.wake': (turn: Turn) => {
    turn.patch('clock', CLOCK, { sleeping: false });
    return DONE;
  },
} as const;

const NOT_PAUSED: Refusal = {
  kind: 'NotPaused',
  message: 'Only a paused lab can be stepped.',
  code: null,
  data: {},
};

/** Without it the step would go as far as a step looks for one: minutes of lab time, for nothing. */
const NO_JOB: Refusal = {
  kind: 'NoJob',
  message: 'No task is running, so there is no next step of one to go to.',
  code: null,
  data: {},
};

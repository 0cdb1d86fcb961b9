import { depthReached, Flow, StopUpstream } from './flow.ts';
import { type ErrorRecord, Terminating } from './error-record.ts';
import { ErrorObject } from './error-object.ts';
import { BackgroundJob } from './background-job.ts';
import type { Streams } from './context.ts';
import type { ShellLab } from './lab.ts';
import { LIMITS } from './limits.ts';
import { BREATH, type Counts, freshCounts, type Meter } from './meter.ts';
import { Collector, type Sink } from './sink.ts';
import type { LabMoment, Steps, Wait } from './steps.ts';
import { trampoline } from './trampoline.ts';

/** What a job is told of itself. */
export interface JobOrder {
  readonly name?: string | undefined;
  /** `BackgroundJob`, `RemoteJob`; empty for a cmdlet's own. */
  readonly type: string;
  readonly command: string;
  readonly location: string;
}

/** Where what runs in a job writes to. */
export interface JobPlace {
  readonly out: Sink;
  readonly streams: Streams;
}

interface Running {
  readonly job: BackgroundJob;
  readonly steps: Steps<void>;
  readonly collector: Collector;
  counts: Counts;
  /** Null when it may go on at once. */
  moment: LabMoment | null;
}

/**
 * Jobs of a session. They move while a line of the session waits or breathes: a session is one
 * computation, and nobody drives it between lines. Each job has the limits of a line of its own.
 */
export class Jobs {
  readonly #meter: Meter;
  readonly #lab: ShellLab;
  readonly #all: BackgroundJob[] = [];
  #running: Running[] = [];
  /** The one whose steps are being run: it cannot end itself. */
  #current: Running | null = null;
  #last = 0;

  constructor(meter: Meter, lab: ShellLab) {
    this.#meter = meter;
    this.#lab = lab;
  }

  all(): readonly BackgroundJob[] {
    return this.#all;
  }

  /** Null when there are too many. */
  start(order: JobOrder, run: (place: JobPlace) => Steps<void>): BackgroundJob | null {
    if (this.#all.length >= LIMITS.jobs) return null;
    // Each has a child job in the real one, which takes the number in between.
    this.#last += 2;
    const job = new BackgroundJob(this.#last, order);
    const collector = new Collector(this.#meter, job.output);
    const streams = { error: collector, warning: null, verbose: null, debug: null };
    const steps = trampoline(run({ out: collector, streams }));
    this.#all.push(job);
    this.#running.push({ job, steps, collector, counts: freshCounts(), moment: null });
    return job;
  }

  stop(job: BackgroundJob): void {
    const found = this.#running.find(one => one.job === job);
    if (found === undefined || found === this.#current) return;
    // Its finally blocks run, and wait for nothing.
    let end = found.steps.return(undefined);
    for (let i = 0; end.done !== true && i < LIMITS.stepsInABreath; i += 1)
      end = found.steps.next();
    this.#end(found, 'Stopped');
  }

  remove(job: BackgroundJob): void {
    this.stop(job);
    const at = this.#all.indexOf(job);
    if (at >= 0 && job.state !== 'Running') this.#all.splice(at, 1);
  }

  /** Runs a line, and the jobs while it waits. */
  *beside(line: Steps<void>): Steps<void> {
    try {
      for (let next = line.next(); next.done !== true; next = line.next())
        yield* this.#waited(next.value);
    } finally {
      for (let end = line.return(undefined); end.done !== true; end = line.next()) yield end.value;
    }
  }

  *#waited(wait: Wait): Steps<void> {
    if (this.#running.length === 0 || wait.wait === 'submit' || wait.wait === 'ask') {
      yield wait;
      return;
    }
    if (wait.wait === 'breath') {
      yield wait;
      yield* this.#round();
      return;
    }
    for (;;) {
      yield* this.#round();
      if (this.#isOver(wait)) return;
      yield this.#running.some(({ moment }) => moment === null) ? BREATH : this.#anyOf(wait);
    }
  }

  #isOver({ until, deadline }: LabMoment): boolean {
    return until(this.#lab) || (deadline !== null && this.#lab.now >= deadline);
  }

  /** The first of what the line and its jobs wait for. */
  #anyOf(wait: LabMoment): LabMoment {
    const moments = [wait, ...this.#running.flatMap(({ moment }) => moment ?? [])];
    const deadlines = moments.flatMap(({ deadline }) => deadline ?? []);
    const first = deadlines.toSorted((a, b) => a - b)[0] ?? null;
    return {
      wait: 'moment',
      until: lab => moments.some(({ until }) => until(lab)),
      deadline: first,
    };
  }

  *#round(): Steps<void> {
    // What ends or begins meanwhile makes another list.
    for (const one of this.#running.slice()) {
      if (one.moment !== null && !this.#isOver(one.moment)) continue;
      one.moment = null;
      yield* this.#slice(one);
    }
  }

  /** Until it waits for the lab's time, or others shall have their turn. */
  *#slice(one: Running): Steps<void> {
    while (this.#running.includes(one)) {
      const wait = this.#step(one);
      if (wait === null || wait.wait === 'breath') return;
      if (wait.wait === 'moment') {
        one.moment = wait;
        return;
      }
      yield wait;
    }
  }

  #step(one: Running): Wait | null {
    const line = this.#meter.exchange(one.counts);
    this.#current = one;
    try {
      const next = one.steps.next();
      if (next.done !== true) return next.value;
      this.#end(one, 'Completed');
    } catch (problem) {
      this.#fail(one, problem);
    } finally {
      this.#current = null;
      one.counts = this.#meter.exchange(line);
    }
    return null;
  }

  #fail(one: Running, problem: unknown): void {
    if (problem instanceof Flow || problem instanceof StopUpstream) {
      this.#end(one, 'Completed');
      return;
    }
    const known = problem instanceof RangeError ? depthReached() : problem;
    if (!(known instanceof Terminating)) throw problem;
    const record: ErrorRecord = known.record;
    one.job.output.push(new ErrorObject(record));
    this.#end(one, 'Failed');
  }

  #end(one: Running, state: 'Completed' | 'Failed' | 'Stopped'): void {
    one.job.state = state;
    this.#running = this.#running.filter(other => other !== one);
  }
}

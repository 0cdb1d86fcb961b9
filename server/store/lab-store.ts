import { hostname } from 'node:os';
import type { ConsoleStore } from '../lab/console-store.ts';
import type { LabStore } from '../lab/port.ts';
import { adoptBranch, branchEnd, forkBranch } from './branch.ts';
import { consoleStore } from './consoles.ts';
import { answered, facts, inputsAfter, marks, nextInput } from './history.ts';
import { keptBefore } from './kept.ts';
import { saveKeyframe, wholeKeyframe } from './keyframe.ts';
import { OPEN_SETTINGS, openLab } from './lab-open.ts';
import { writeProjection } from './projection.ts';
import { beginSegment } from './segment.ts';
import { Session } from './session.ts';
import { keepTraceDays } from './trace-days.ts';
import { Writer } from './writer.ts';

export interface LabStoreOptions {
  readonly url: string;
  /** Who holds the leases, for people who look; `host:process` when it is not given. */
  readonly owner?: string;
  /** The term of this server's lease of the database: an older one takes no lab from a newer one. */
  readonly term?: number;
  readonly log?: (message: string, detail: { readonly [key: string]: string }) => void;
  /** Connections for each kind of work; the writer always has one. */
  readonly connections?: {
    readonly projection?: number;
    readonly open?: number;
    readonly read?: number;
  };
}

const TRACE_DAYS_MS = 6 * 60 * 60 * 1_000;

/** The labs of one thread in Postgres. Each kind of work has connections of its own. */
export const createLabStore = async (
  options: LabStoreOptions,
): Promise<LabStore & { readonly consoles: ConsoleStore; close(): Promise<void> }> => {
  const { url, term = 0, log = () => undefined } = options;
  const owner = { name: options.owner ?? `${hostname()}:${process.pid}`, term };
  const { projection = 2, open = 2, read = 2 } = options.connections ?? {};
  const session = (work: string, connections: number, settings = {}): Session =>
    new Session({ url, name: `enlighten ${work}`, connections, settings });
  // What is committed is shown: a commit that a power cut takes back is none, whatever the default is.
  const durable = { synchronous_commit: 'on' };
  const sessions = {
    writer: session('writer', 1, durable),
    projection: session('projection', projection, durable),
    open: session('open', open, { ...durable, ...OPEN_SETTINGS }),
    read: session('read', read, durable),
    consoles: session('consoles', 1, durable),
  };
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(sessions).map(each => each.close()));
  };
  const writer = new Writer(sessions.writer, log);

  const keepDays = (): Promise<void> => keepTraceDays(sessions.projection);
  try {
    await keepDays();
  } catch (error) {
    await close();
    throw error;
  }
  const daily = setInterval(() => {
    keepDays().catch((error: unknown) =>
      log('the days of trace could not be kept', { error: String(error) }),
    );
  }, TRACE_DAYS_MS);
  daily.unref();

  return {
    open: (lab, simulation) => openLab(sessions.open, lab, { ...owner, simulation }),
    append: batch => writer.append(batch),
    project: one => writeProjection(sessions.projection, one),
    answered: (lab, command) => answered(sessions.read, lab, command),
    facts: query => facts(sessions.read, query),
    beginSegment: begun => beginSegment(sessions.projection, begun),
    saveKeyframe: (lease, keyframe) => saveKeyframe(sessions.read, lease, keyframe),
    kept: (branch, moment, simulation) => keptBefore(sessions.read, branch, moment, simulation),
    wholeKeyframe: (branch, turn, simulation) =>
      wholeKeyframe(sessions.read, branch, turn, simulation),
    inputsAfter: (branch, seq, until) => inputsAfter(sessions.read, branch, seq, until),
    nextInput: (branch, seq) => nextInput(sessions.read, branch, seq),
    marks: branch => marks(sessions.read, branch),
    fork: (branch, turn, beginning) => forkBranch(sessions.read, branch, turn, beginning ?? null),
    branchEnd: (lab, branch) => branchEnd(sessions.read, lab, branch),
    adopt: (...adoption) => adoptBranch(sessions.projection, adoption),
    consoles: consoleStore(sessions.consoles),
    close: async () => {
      clearInterval(daily);
      await close();
    },
  };
};

import { readFileSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import type { LabActor } from '../../server/lab/lab-actor.ts';
import type { Append } from '../../server/lab/port.ts';
import type { Machine } from '../../server/sim/engine/machine.ts';
import type { Session } from '../../server/store/session.ts';
import type { Writer } from '../../server/store/writer.ts';
import { STRIKE, STRUCK, type Strike } from './strike.ts';

// Imported by the server before its own files: puts itself around the few methods between which a
// command, its rows and its keyframes pass, and ends the process at the one that it was told. Labs
// live in a thread, and so does this.

const given = process.env[STRIKE];
if (given !== undefined && !isMainThread) await arm(JSON.parse(given) as Strike);

async function arm(strike: Strike): Promise<void> {
  const { keyframeTurns } = strike;
  if (keyframeTurns !== null) keepKeyframesEvery(keyframeTurns);
  const session = await import('../../server/store/session.ts');
  const writer = await import('../../server/store/writer.ts');
  const actor = await import('../../server/lab/lab-actor.ts');
  const machine = await import('../../server/sim/engine/machine.ts');
  const parts = {
    Session: session.Session,
    Writer: writer.Writer,
    Actor: actor.LabActor,
    Machine: machine.Machine,
  };
  ({
    'before-append': beforeAppend,
    append: inAppend,
    publish: beforePublish,
    projection: aroundProjection,
    keyframe: aroundKeyframe,
    recovery: inRecovery,
  })[strike.moment](strike, parts);
}

interface Parts {
  readonly Session: typeof Session;
  readonly Writer: typeof Writer;
  readonly Actor: typeof LabActor;
  readonly Machine: typeof Machine;
}

/** Ends Postgres, when that was asked for, and this process; nothing after it is ever run. */
function end({ moment, part, postmaster }: Strike): never {
  writeSync(2, `${STRUCK} ${moment} ${part}\n`);
  if (postmaster !== null) {
    const [pid] = readFileSync(postmaster, 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }
  process.kill(process.pid, 'SIGKILL');
  throw new Error('SIGKILL leaves nobody to throw this');
}

/** True at the passing that was chosen, and at no other. */
function counter({ passing }: Strike): () => boolean {
  let passed = 0;
  return () => (passed += 1) === passing;
}

const hasInputs = (append: Append, { lab }: Strike): boolean =>
  append.lab === lab && append.inputs.length > 0;

function beforeAppend(strike: Strike, { Writer }: Parts): void {
  const isNow = counter(strike);
  const { append } = Writer.prototype;
  Writer.prototype.append = function (batch) {
    if (batch.some(one => hasInputs(one, strike)) && isNow()) end(strike);
    return append.call(this, batch);
  };
}

function inAppend(strike: Strike, { Writer }: Parts): void {
  const isNow = counter(strike);
  const { append } = Writer.prototype;
  Writer.prototype.append = function (batch) {
    const outcome = append.call(this, batch);
    if (batch.some(one => hasInputs(one, strike)) && isNow()) {
      setTimeout(() => end(strike), strike.delay);
    }
    return outcome;
  };
}

function beforePublish(strike: Strike, { Actor }: Parts): void {
  const isNow = counter(strike);
  const { committed } = Actor.prototype;
  Actor.prototype.committed = function (append) {
    if (hasInputs(append, strike) && isNow()) end(strike);
    committed.call(this, append);
  };
}

function aroundProjection(strike: Strike, { Session }: Parts): void {
  const isNow = counter(strike);
  const { write } = Session.prototype;
  Session.prototype.write = function (statements) {
    const last = statements.at(-1) ?? '';
    const isOurs = last.includes('projected_seq') && last.includes(`'${strike.lab}'`);
    const work = () => write.call(this, statements);
    return isOurs && isNow() ? around(strike, work) : work();
  };
}

function aroundKeyframe(strike: Strike, { Session, Actor }: Parts): void {
  const isNow = counter(strike);
  let branch = '';
  const { committed } = Actor.prototype;
  Actor.prototype.committed = function (append) {
    if (append.lab === strike.lab) branch = String(append.branch);
    committed.call(this, append);
  };
  const { write } = Session.prototype;
  Session.prototype.write = function (statements) {
    const [first = ''] = statements;
    const [, of] = /^insert into keyframe [\s\S]*?values \((\d+),/u.exec(first) ?? [];
    const work = () => write.call(this, statements);
    return of === branch && isNow() ? around(strike, work) : work();
  };
}

async function around<T>(strike: Strike, work: () => Promise<T>): Promise<T> {
  if (strike.part === 'before') end(strike);
  if (strike.part === 'during') setTimeout(() => end(strike), strike.delay);
  const done = await work();
  if (strike.part === 'after') end(strike);
  // What was quicker than the wait dies all the same.
  await sleep(strike.delay);
  return done;
}

function inRecovery(strike: Strike, { Session, Machine, Actor }: Parts): void {
  const { gather } = Session.prototype;
  const { advance, apply } = Machine.prototype;
  let isLoading = false;
  let left = strike.moves;
  const move = (): void => {
    if (isLoading && (left -= 1) < 0) end(strike);
  };
  Session.prototype.gather = async function <R extends object>(
    this: InstanceType<Parts['Session']>,
    statements: readonly string[],
  ): Promise<readonly R[][]> {
    const isOurs = statements.some(one => one.includes(`'${strike.lab}'`));
    const work = (): Promise<readonly R[][]> => gather.call(this, statements) as never;
    if (!isOurs) return work();
    if (strike.part === 'during') setTimeout(() => end(strike), strike.delay);
    const rows = await work();
    // The lease is taken, the lab is not there yet.
    if (strike.part === 'before') end(strike);
    isLoading = true;
    return rows;
  };
  Machine.prototype.apply = function (input) {
    move();
    return apply.call(this, input);
  };
  Machine.prototype.advance = function (to, budget) {
    move();
    return advance.call(this, to, budget);
  };
  // A replay that was shorter than that: the lab is loaded, and its first append has not left.
  const { takeAppend } = Actor.prototype;
  Actor.prototype.takeAppend = function () {
    if (this.lab === strike.lab) end(strike);
    return takeAppend.call(this);
  };
}

/** The constant is the product's own; here it is another one, or the harness says that it is not there. */
function keepKeyframesEvery(turns: number): void {
  const constant = /const KEYFRAME_TURNS = [\d_]+;/;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith('/server/lab/keyframes.ts')) return loaded;
      const source = String(loaded.source);
      if (!constant.test(source)) throw new Error('keyframes.ts has no KEYFRAME_TURNS');
      return { ...loaded, source: source.replace(constant, `const KEYFRAME_TURNS = ${turns};`) };
    },
  });
}

import type { Value } from '../value/value.ts';
import type { Cmdlet, Computer, SessionState, BlockInput } from './cmdlet.ts';
import type { ScriptBlock } from '../value/script-block.ts';
import type { BackgroundJob } from './background-job.ts';
import type { JobOrder, Jobs } from './jobs.ts';
import type { Context } from './context.ts';
import { ErrorObject } from './error-object.ts';
import type { ErrorRecord } from './error-record.ts';
import { LIMITS } from './limits.ts';
import { RemoteSession } from './remote-session.ts';
import { notWritable } from './faults.ts';
import { remoteOf } from './remote.ts';
import { writeIn } from './variables.ts';

/** The session as cmdlets about the session see it, from the scope they run in. */
export class SessionView implements SessionState {
  readonly #cx: Context;

  constructor(cx: Context) {
    this.#cx = cx;
  }

  variable(name: string): Value | undefined {
    const found = this.#cx.scope.find(name.toLowerCase());
    if (found === undefined) return undefined;
    return found.get === undefined ? found.value : found.get();
  }

  setVariable(name: string, value: Value): void {
    writeIn(this.#cx.scope, name, value, { cx: this.#cx, hidden: false });
  }

  removeVariable(name: string): boolean {
    const key = name.toLowerCase();
    for (let scope = this.#cx.scope; ;) {
      const own = scope.own(key);
      if (own?.readOnly === true) throw notWritable(name);
      if (own !== undefined) return scope.delete(key);
      if (scope.parent === null) return false;
      scope = scope.parent;
    }
  }

  *variables(): Iterable<{ readonly name: string; readonly value: Value }> {
    const seen = new Set<string>();
    for (let scope = this.#cx.scope; ;) {
      for (const { name, value, get } of scope.variables()) {
        if (seen.has(name.toLowerCase())) continue;
        seen.add(name.toLowerCase());
        yield { name, value: get === undefined ? value : get() };
      }
      if (scope.parent === null) return;
      scope = scope.parent;
    }
  }

  alias(name: string): string | undefined {
    return this.#cx.core.aliases.get(name.toLowerCase())?.command;
  }

  setAlias(name: string, command: string): void {
    this.#cx.core.aliases.set(name.toLowerCase(), { name, command });
  }

  aliases(): Iterable<{ readonly name: string; readonly command: string }> {
    return this.#cx.core.aliases.values();
  }

  *functions(): Iterable<{ readonly name: string; readonly text: string }> {
    const seen = new Set<string>();
    for (let scope = this.#cx.scope; ;) {
      for (const { name, text } of scope.functions()) {
        if (!seen.has(name.toLowerCase())) yield { name, text };
        seen.add(name.toLowerCase());
      }
      if (scope.parent === null) return;
      scope = scope.parent;
    }
  }

  cmdlet(name: string): Cmdlet | undefined {
    return this.#cx.core.setup.catalog.find(name)?.cmdlet ?? undefined;
  }

  *cmdlets(): Iterable<Cmdlet> {
    for (const { cmdlet } of this.#cx.core.setup.catalog.all()) if (cmdlet !== null) yield cmdlet;
  }

  get errors(): ErrorRecord[] {
    return this.#cx.core.errors.values.flatMap(one =>
      one instanceof ErrorObject ? [one.record] : [],
    );
  }

  removeAlias(name: string): boolean {
    return this.#cx.core.aliases.delete(name.toLowerCase());
  }

  get jobs(): Jobs {
    return this.#cx.core.jobs;
  }

  startJob(order: JobOrder, block: ScriptBlock, input: BlockInput): BackgroundJob | null {
    const { core, computer } = this.#cx;
    return core.jobs.start(order, ({ out, streams }) =>
      core.evaluator.call(
        { computer, ...input, block, dotted: false },
        { ...this.#cx, streams },
        out,
      ),
    );
  }

  get sessions(): RemoteSession[] {
    return this.#cx.core.sessions;
  }

  openSession(computer: Computer, name?: string): RemoteSession | null {
    const { core } = this.#cx;
    if (core.sessions.length >= LIMITS.sessions) return null;
    core.lastSession += 1;
    const place = remoteOf(computer, this.#cx);
    const session = new RemoteSession({ id: core.lastSession, name }, place, core.setup.lab);
    core.sessions.push(session);
    return session;
  }

  enter(place: Computer | RemoteSession | null): void {
    const { core } = this.#cx;
    if (place instanceof RemoteSession) {
      place.scope.using = core.global;
      core.entered = { computer: place.computer, scope: place.scope };
    } else core.entered = place === null ? null : remoteOf(place, this.#cx);
  }

  get location(): string {
    return this.#cx.core.location;
  }

  set location(path: string) {
    this.#cx.core.location = path;
  }

  get history(): readonly { readonly id: number; readonly line: string }[] {
    return this.#cx.core.history;
  }
}

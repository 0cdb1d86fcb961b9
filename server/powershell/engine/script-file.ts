import type { Id } from '../../protocol/id.ts';
import { fault } from '../value/fault.ts';
import { absolute } from '../value/path.ts';
import { ScriptBlock } from '../value/script-block.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { placeOf, withRecord } from './faults.ts';
import { Flow } from './flow.ts';
import type { FunctionStage } from './function-stage.ts';
import { Scope } from './scope.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

/** A script on a drive of the host, by a path to it; a name alone is none, as in the real console. */
export const scriptAt = (written: string, cx: Context): ScriptBlock | null => {
  if (!/[\\/]/.test(written)) return null;
  const { lab } = cx.core.setup;
  const path = absolute(written, cx.core.location);
  const host = cx.computer.id.slice('host:'.length);
  for (const one of [path, `${path}.ps1`]) {
    if (!/\.ps1$/i.test(one)) continue;
    const file = lab.get('file', `file:${host}/${one.toLowerCase()}` as Id<'file'>);
    if (file !== undefined && file.type === 'File') return parsed(file.content, file.path, cx);
  }
  return null;
};

const parsed = (text: string, path: string, cx: Context): ScriptBlock => {
  cx.core.meter.work(text.length);
  const script = cx.core.setup.parse(text);
  const from = { text, file: path };
  if (script.status === 'complete')
    return new ScriptBlock({ body: script.script.body, source: text, from });
  const { message, id, start, end } = script.error;
  const problem = fault({
    message,
    id,
    category: 'ParserError',
    exception: 'System.Management.Automation.ParseException',
  });
  throw withRecord(problem, { ...problem.record, place: placeOf(from, { start, end }) });
};

/** Where a script sees its own path: $PSScriptRoot, $PSCommandPath. */
export const scriptScope = ({ from }: ScriptBlock, cx: Context): Scope => {
  const scope = new Scope(cx.scope);
  const path = from.file ?? '';
  scope.set('psscriptroot', path.slice(0, Math.max(3, path.lastIndexOf('\\'))));
  scope.set('pscommandpath', path);
  return scope;
};

/** A script that runs: `exit` ends it, and not the console. */
export class ScriptStage implements Stage {
  readonly #body: FunctionStage;
  readonly #cx: Context;
  #isOver = false;

  constructor(body: FunctionStage, cx: Context) {
    this.#body = body;
    this.#cx = cx;
  }

  begin(): Steps<void> {
    return this.#within(() => this.#body.begin());
  }

  process(value: Value): Steps<void> {
    return this.#within(() => this.#body.process(value));
  }

  end(): Steps<void> {
    return this.#within(() => this.#body.end());
  }

  close(): void {
    this.#body.close();
  }

  *#within(steps: () => Steps<void>): Steps<void> {
    if (this.#isOver) return;
    try {
      yield* steps();
    } catch (flow) {
      if (!(flow instanceof Flow) || flow.kind !== 'exit') throw flow;
      this.#isOver = true;
      this.#cx.core.global.set('lastexitcode', flow.value ?? 0);
    }
  }
}

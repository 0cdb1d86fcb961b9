import type { Redirection } from '../syntax/tree.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Context, Streams } from './context.ts';
import { fileStage } from './file-stage.ts';
import { NOWHERE, type Sink } from './sink.ts';
import type { Steps } from './steps.ts';

/** Where a command's streams go once its redirections are followed. */
export interface Routed {
  readonly cx: Context;
  readonly out: Sink;
  /** After the pipeline: files are closed. */
  readonly finish: (() => Steps<void>) | null;
}

const STREAM = { '2': 'error', '3': 'warning', '4': 'verbose', '5': 'debug' } as const;
const ALL: readonly (keyof Streams)[] = ['error', 'warning', 'verbose', 'debug'];

/** `2>$null`, `2>&1`, `*> file`: from left to right. */
export function* redirected(list: readonly Redirection[], cx: Context, out: Sink): Steps<Routed> {
  if (list.length === 0) return { cx, out, finish: null };
  let streams = cx.streams;
  let output = out;
  const finishers: (() => Steps<void>)[] = [];
  for (const { from, to, append } of list) {
    let sink: Sink = output;
    if ('file' in to) {
      const target = yield* fileOf(yield* cx.core.evaluator.value(to.file, cx), append, cx);
      sink = target.sink;
      if (target.finish !== null) finishers.push(target.finish);
    }
    if (from === '1' || from === '*') output = sink;
    for (const name of from === '*' ? ALL : from === '1' ? [] : [STREAM[from]])
      streams = { ...streams, [name]: sink };
  }
  return {
    cx: { ...cx, streams },
    out: output,
    *finish() {
      for (const finish of finishers) yield* finish();
    },
  };
}

function* fileOf(
  target: Value,
  append: boolean,
  cx: Context,
): Steps<{ readonly sink: Sink; readonly finish: (() => Steps<void>) | null }> {
  if (target === null || textOf(target) === '') return { sink: NOWHERE, finish: null };
  const stage = yield* fileStage(textOf(target), append, cx);
  return {
    sink: { put: value => stage.process(value) },
    *finish() {
      yield* stage.end();
      stage.close();
    },
  };
}

import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { ErrorObject } from './error-object.ts';
import type { ErrorRecord } from './error-record.ts';
import { errorText } from './error-text.ts';
import { Thrown } from './flow.ts';
import type { Steps } from './steps.ts';

/** Red on black, as the console has it. */
const RED = { foreground: 'Red', background: 'Black' } as const;

/** $ErrorActionPreference and its kin, in lower case. */
export const preference = (cx: Context, name: string): string =>
  textOf(cx.scope.find(name.toLowerCase())?.value ?? null).toLowerCase();

/** What happens to an error that ends nothing: into $Error, to the screen or to where 2> says. */
export function* failed(
  record: ErrorRecord,
  cx: Context,
  action: string = preference(cx, 'ErrorActionPreference'),
): Steps<void> {
  cx.core.succeeded = false;
  if (action === 'ignore') return;
  if (action === 'stop') throw new Thrown(record);
  cx.core.remember(record);
  if (action !== 'silentlycontinue') yield* shown(record, cx);
}

function* shown(record: ErrorRecord, cx: Context): Steps<void> {
  if (cx.streams.error === null) {
    printError(record, cx);
    return;
  }
  const waiting = cx.streams.error.put(new ErrorObject(record));
  if (waiting !== null) yield* waiting;
}

export const printError = (record: ErrorRecord, cx: Context): void => {
  const { screen } = cx.core.setup;
  const text = errorText(record, screen.width);
  cx.core.meter.outputText(text.length);
  screen.print(text, RED);
};

const LABELS = { warning: 'WARNING: ', verbose: 'VERBOSE: ', debug: 'DEBUG: ' } as const;
const YELLOW = { foreground: 'Yellow', background: 'Black' } as const;

/** Write-Warning and its kin, by the preference that is given. */
export function* said(
  stream: keyof typeof LABELS,
  text: string,
  action: string,
  cx: Context,
): Steps<void> {
  if (action === 'stop') {
    throw new Thrown({
      message: `The running command stopped because the preference variable "${stream === 'warning' ? 'WarningPreference' : stream === 'verbose' ? 'VerbosePreference' : 'DebugPreference'}" or common parameter is set to Stop: ${text}`,
      id: 'ActionPreferenceStop',
      category: 'OperationStopped',
      exception: 'System.Management.Automation.ActionPreferenceStopException',
      activity: '',
      reason: 'ActionPreferenceStopException',
      target: null,
      command: '',
      place: null,
    });
  }
  if (action === 'silentlycontinue' || action === 'ignore') return;
  const sink = cx.streams[stream];
  if (sink === null) {
    const { screen } = cx.core.setup;
    cx.core.meter.outputText(text.length);
    screen.print(`${LABELS[stream]}${text}\n`, YELLOW);
    return;
  }
  const record: Value = text;
  const waiting = sink.put(record);
  if (waiting !== null) yield* waiting;
}

import type { Argument } from './binder-port.ts';
import { CmdletStage } from './cmdlet-stage.ts';
import type { Context } from './context.ts';
import { notSimulated } from './faults.ts';
import { NOWHERE } from './sink.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

/** `> file` is Out-File. Where there is no lab drive, it says that it is not simulated. */
export function* fileStage(path: string, append: boolean, cx: Context): Steps<Stage> {
  const entry = cx.core.setup.catalog.find('Out-File');
  if (entry === undefined || entry.cmdlet === null)
    throw notSimulated(
      `Writing to the file ${path} is not simulated: this host's file system holds no files of your own.`,
      path,
    );
  const nowhere = { start: 0, end: 0 };
  const args: Argument[] = [
    { kind: 'named', name: 'FilePath', value: path, splatted: true, ...nowhere },
  ];
  if (append) args.push({ kind: 'named', name: 'Append', value: true, splatted: true, ...nowhere });
  const stage = new CmdletStage(
    { entry, args, invokedAs: 'Out-File', extent: nowhere, line: '' },
    cx,
    { out: NOWHERE, position: 1, expectsInput: true },
  );
  yield* stage.begin();
  return stage;
}

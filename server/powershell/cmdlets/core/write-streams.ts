import type { Cmdlet, SideStream } from '../../engine/cmdlet.ts';
import { itemsOf, textOf } from '../../value/text.ts';

export const writeOutput: Cmdlet = {
  name: 'Write-Output',
  synopsis: 'Hands objects to the next command of the pipeline.',
  examples: [{ line: "Write-Output 'ready'", about: 'The same as the text alone.' }],
  *process({ bound, shell }) {
    const value = bound.value('InputObject') ?? null;
    if (bound.flag('NoEnumerate')) return yield* shell.write(value);
    for (const one of itemsOf(value) ?? [value]) yield* shell.write(one);
  },
};

export const writeHost: Cmdlet = {
  name: 'Write-Host',
  synopsis: 'Writes text straight to the screen, past the pipeline.',
  examples: [{ line: "Write-Host 'Done' -ForegroundColor Green", about: 'In green.' }],
  *process({ bound, shell }) {
    const separator = textOf(bound.value('Separator') ?? ' ');
    const value = bound.value('Object') ?? '';
    const text = (itemsOf(value) ?? [value]).map(one => textOf(one)).join(separator);
    const [foreground, background] = ['ForegroundColor', 'BackgroundColor'].map(name =>
      bound.text(name),
    );
    shell.host(text, {
      newline: !bound.flag('NoNewline'),
      ...(foreground === undefined ? {} : { foreground }),
      ...(background === undefined ? {} : { background }),
    });
  },
};

const sideCmdlet = (name: string, stream: SideStream, synopsis: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line: `${name} 'Mind this'`, about: 'One message.' }],
  *process({ bound, shell }) {
    yield* shell.say(stream, bound.text('Message') ?? '');
  },
});

export const writeWarning = sideCmdlet('Write-Warning', 'warning', 'Writes a warning.');
export const writeVerbose = sideCmdlet(
  'Write-Verbose',
  'verbose',
  'Writes what only -Verbose or $VerbosePreference shows.',
);
export const writeDebug = sideCmdlet(
  'Write-Debug',
  'debug',
  'Writes what only -Debug or $DebugPreference shows.',
);

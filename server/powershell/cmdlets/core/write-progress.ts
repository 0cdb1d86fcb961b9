import type { Cmdlet } from '../../engine/cmdlet.ts';

export const writeProgress: Cmdlet = {
  name: 'Write-Progress',
  synopsis: 'Shows a progress bar at the top of the console.',
  examples: [
    {
      line: "Write-Progress 'Copying' -PercentComplete 40",
      about: 'A bar that is not yet half full.',
    },
  ],
  *process({ bound, shell }) {
    shell.progress({
      id: bound.number('Id') ?? 0,
      activity: bound.text('Activity') ?? '',
      status: bound.text('Status') ?? 'Processing',
      percent: bound.number('PercentComplete') ?? -1,
      done: bound.flag('Completed'),
    });
  },
};

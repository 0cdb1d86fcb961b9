import type { Cmdlet } from '../../engine/cmdlet.ts';

export const clearHost: Cmdlet = {
  name: 'Clear-Host',
  synopsis: 'Empties the screen.',
  examples: [{ line: 'cls', about: 'For everybody at this console.' }],
  *process({ shell }) {
    shell.clear();
  },
};

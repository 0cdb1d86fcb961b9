/** What the list of keys says about consoles. */
export const CONSOLE_KEYS: readonly (readonly [string, string])[] = [
  ['F6', 'Leave the console, to its tab'],
  ['Tab', 'Complete; again for the next, with Shift for the one before'],
  ['Ctrl+Space', 'All completions to choose from'],
  ['↑ ↓', 'Lines entered before; F8 those that begin so'],
  ['Ctrl+R', 'Search in lines entered before; Ctrl+S the other way'],
  ['Shift+Enter', 'A new row in the same entry'],
  ['Ctrl+← →', 'A word left or right'],
  ['Ctrl+U Ctrl+K', 'Cut to the beginning, to the end; Ctrl+Y brings it back'],
  ['Ctrl+Z', 'Undo; with Shift, redo'],
  ['Escape', 'Empty the line'],
  ['Ctrl+C', 'Copy what is selected; else end what runs, or empty the line'],
  ['Ctrl+L', 'Clear the screen'],
  ['Page ↑ ↓', 'Scroll'],
];

import type { ITheme } from '@xterm/xterm';

/** The dark blue that Windows PowerShell opens with, and its sixteen colours. */
const GROUND = '#012456';

export const FONT = "Consolas, 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', monospace";
export const FONT_SIZE = 13;

export const THEME: ITheme = {
  background: GROUND,
  // Its shortcut makes these two of the sixteen: DarkMagenta is the ground, DarkYellow the text.
  foreground: '#eeedf0',
  magenta: '#012456',
  yellow: '#eeedf0',
  cursor: '#eeedf0',
  cursorAccent: GROUND,
  selectionBackground: '#3a6db5',
  selectionInactiveBackground: '#2d4f80',
  black: '#000000',
  red: '#800000',
  green: '#008000',
  blue: '#000080',
  cyan: '#008080',
  white: '#c0c0c0',
  brightBlack: '#808080',
  brightRed: '#ff0000',
  brightGreen: '#00ff00',
  brightYellow: '#ffff00',
  brightBlue: '#0000ff',
  brightMagenta: '#ff00ff',
  brightCyan: '#00ffff',
  brightWhite: '#ffffff',
  scrollbarSliderBackground: 'rgba(238, 237, 240, 0.3)',
  scrollbarSliderHoverBackground: 'rgba(238, 237, 240, 0.5)',
  scrollbarSliderActiveBackground: 'rgba(238, 237, 240, 0.6)',
};

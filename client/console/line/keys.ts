/** What a key does, whatever it is called on a keyboard. */
export type Action =
  | 'enter'
  | 'new-line'
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'home'
  | 'end'
  | 'delete-left'
  | 'delete-right'
  | 'kill-word-left'
  | 'kill-word-right'
  | 'kill-to-start'
  | 'kill-to-end'
  | 'yank'
  | 'undo'
  | 'redo'
  | 'revert'
  | 'up'
  | 'down'
  | 'prefix-older'
  | 'prefix-newer'
  | 'search-back'
  | 'search-forward'
  | 'stop-search'
  | 'complete-next'
  | 'complete-previous'
  | 'complete-menu'
  | 'cancel'
  | 'clear'
  | 'page-up'
  | 'page-down'
  | 'leave';

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

// PSReadLine's Windows keys, and those of its Emacs keys that a browser leaves to a page. Ctrl+Y is one
// of the latter: it brings back what was cut.
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['Enter', 'enter'],
  ['Shift+Enter', 'new-line'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['Ctrl+ArrowLeft', 'word-left'],
  ['Ctrl+ArrowRight', 'word-right'],
  ['Alt+b', 'word-left'],
  ['Alt+f', 'word-right'],
  ['Home', 'home'],
  ['End', 'end'],
  ['Backspace', 'delete-left'],
  ['Shift+Backspace', 'delete-left'],
  ['Ctrl+h', 'delete-left'],
  ['Delete', 'delete-right'],
  ['Ctrl+d', 'delete-right'],
  ['Ctrl+Backspace', 'kill-word-left'],
  ['Ctrl+Delete', 'kill-word-right'],
  ['Alt+d', 'kill-word-right'],
  ['Ctrl+Home', 'kill-to-start'],
  ['Ctrl+u', 'kill-to-start'],
  ['Ctrl+End', 'kill-to-end'],
  ['Ctrl+k', 'kill-to-end'],
  ['Ctrl+y', 'yank'],
  ['Ctrl+z', 'undo'],
  ['Ctrl+Shift+z', 'redo'],
  ['Escape', 'revert'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['F8', 'prefix-older'],
  ['Shift+F8', 'prefix-newer'],
  ['Ctrl+r', 'search-back'],
  ['Ctrl+s', 'search-forward'],
  ['Ctrl+g', 'stop-search'],
  ['Tab', 'complete-next'],
  ['Shift+Tab', 'complete-previous'],
  ['Ctrl+ ', 'complete-menu'],
  ['Ctrl+c', 'cancel'],
  ['Ctrl+l', 'clear'],
  ['PageUp', 'page-up'],
  ['PageDown', 'page-down'],
  ['F6', 'leave'],
] as const);

/** Null for what is typed as text, and for what belongs to the browser. */
export const actionOf = ({ key, ctrlKey, altKey, shiftKey, metaKey }: Key): Action | null => {
  // Ctrl and Alt together are AltGr: on many keyboards that is how `{` and `@` are typed.
  if (metaKey || (ctrlKey && altKey)) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const held = `${ctrlKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shiftKey ? 'Shift+' : ''}`;
  return ACTIONS.get(held + name) ?? null;
};

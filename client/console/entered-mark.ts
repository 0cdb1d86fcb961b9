import type { Terminal } from '@xterm/xterm';
import { ENTERED_BY } from '../../server/protocol/wire/entered-by.ts';
import css from './console.module.css';
import { leftOf } from './line/boundary.ts';
import { cellsOf } from './line/width.ts';

/** Characters of a name that are shown. */
const NAME_MOST = 24;

/** Shows who entered a line at the right end of it, as long as the line leaves room. */
export const markEntered = (terminal: Terminal): void => {
  terminal.parser.registerOscHandler(ENTERED_BY, text => {
    const name = text.length > NAME_MOST ? text.slice(0, leftOf(text, NAME_MOST)) : text;
    const width = cellsOf(name) + 1;
    const marker = terminal.registerMarker(0);
    const mark = terminal.registerDecoration({ marker, anchor: 'right', width });
    mark?.onRender(element => {
      const row = terminal.buffer.normal.getLine(marker.line)?.translateToString(true) ?? '';
      element.textContent = name;
      element.classList.add(css['by'] ?? '');
      // The terminal decides on its display by itself.
      const hasRoom = cellsOf(row) + width + 1 <= terminal.cols;
      element.style.visibility = hasRoom ? 'visible' : 'hidden';
    });
    return true;
  });
};

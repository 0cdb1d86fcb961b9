import { useRef } from 'react';
import { plural } from '../format/amount.ts';
import type { FileFault } from '../rest/request.ts';
import css from './house.module.css';
import { lineRange } from './line-range.ts';

interface EditorProps {
  readonly text: string;
  readonly faults: readonly FileFault[];
  readonly onChange: (text: string) => void;
}

const numbers = (from: number, to: number): string =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `${from + index}\n`).join('');

/** The lab file with line numbers; a mistake marks its line, and choosing it goes there. */
export const LabFileEditor = ({ text, faults, onChange }: EditorProps) => {
  const area = useRef<HTMLTextAreaElement>(null);
  const wrong = new Set(faults.map(({ line }) => line));
  /** Runs of line numbers: an element for each line of a large file would be too many. */
  const numbersOf = (of: string) => {
    const lines = of.split('\n').length;
    const marked = [...wrong].filter(line => line <= lines).toSorted((a, b) => a - b);
    let from = 1;
    const parts = marked.flatMap(line => {
      const before = { from, text: numbers(from, line - 1), isWrong: false };
      from = line + 1;
      return [before, { from: line, text: String(line), isWrong: true }];
    });
    return [...parts, { from, text: numbers(from, lines), isWrong: false }];
  };
  const goTo = (line: number): void => {
    const [from, to] = lineRange(text, line);
    area.current?.focus();
    area.current?.setSelectionRange(from, to);
    const frame = area.current?.parentElement;
    if (frame) frame.scrollTop = Math.max(0, (line - 4) * 18);
  };
  return (
    <div className={css['form']}>
      <label htmlFor="lab-file">Lab file</label>
      <div className={css['file']}>
        <pre className={css['numbers']} aria-hidden="true">
          {numbersOf(text).map(part =>
            part.isWrong ? <b key={part.from}>{part.text}</b> : part.text,
          )}
        </pre>
        <textarea
          ref={area}
          id="lab-file"
          className={css['text']}
          value={text}
          spellCheck={false}
          wrap="off"
          rows={Math.max(20, text.split('\n').length)}
          aria-invalid={faults.length > 0}
          aria-describedby={faults.length > 0 ? 'lab-file-faults' : undefined}
          onChange={event => onChange(event.target.value)}
        />
      </div>
      {faults.length > 0 && (
        <div id="lab-file-faults" className={css['problem']} role="alert">
          <p>The file has {plural(faults.length, 'mistake')}. Choose one to go to its line.</p>
          <ul className={css['faults']}>
            {faults.map(({ line, path, message }) => (
              <li key={`${line} ${path} ${message}`}>
                <button type="button" className="plain" onClick={() => goTo(line)}>
                  <b>line {line}</b>
                  {path !== '' && <code>{path}</code>} {message}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
};

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

/** The lab file with line numbers; a mistake marks its line, and choosing it goes there. */
export const LabFileEditor = ({ text, faults, onChange }: EditorProps) => {
  const area = useRef<HTMLTextAreaElement>(null);
  const wrong = new Set(faults.map(({ line }) => line));
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
          {text
            .split('\n')
            .map((_, index) =>
              wrong.has(index + 1) ? (
                <b key={index}>{index + 1}</b>
              ) : (
                <span key={index}>{index + 1}</span>
              ),
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

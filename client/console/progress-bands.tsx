import type { ScreenSize } from './console-session.ts';
import css from './console.module.css';
import { type Progress, progressRows, shownProgress } from './line/progress-rows.ts';

/** Progress as PowerShell 3 draws it: a band across the top of the console, over what stands there. */
export const ProgressBands = ({
  progress,
  size,
}: {
  progress: readonly Progress[];
  size: ScreenSize;
}) => {
  if (progress.length === 0) return null;
  return (
    <div className={css['bands']}>
      {shownProgress(progress).map(one => (
        <pre
          key={one.id}
          style={{ lineHeight: `${size.rowHeight}px` }}
          role="progressbar"
          aria-label={`${one.activity}: ${one.status}`}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(one.percent < 0 ? {} : { 'aria-valuenow': Math.round(one.percent) })}
        >
          {progressRows(one, size.columns).join('\n')}
        </pre>
      ))}
    </div>
  );
};

import { Button, Tooltip } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { WindowConsoleRegular } from '@fluentui/react-icons/svg/window-console';
import { copyText } from '../format/copy-text.ts';
import { useSendLine } from '../console/console-context.tsx';
import css from './echo.module.css';

/** The PowerShell line of a button, a dialog or a deed: to be read, copied, or sent to the console. */
export const EchoLine = ({ line, onSent }: { line: string | null; onSent?: () => void }) => {
  const sendLine = useSendLine();
  if (line === null) return null;
  const send = (): void => {
    onSent?.();
    void sendLine(line);
  };
  return (
    <div className={css['echo']}>
      {/* A long line is moved along by the arrow keys, so it takes the focus. */}
      <code className={css['line']} role="group" aria-label="The same in PowerShell" tabIndex={0}>
        {line}
      </code>
      <Tooltip content="Copy the line" relationship="label">
        <Button
          size="small"
          appearance="subtle"
          icon={<CopyRegular />}
          onClick={() => copyText(line)}
        />
      </Tooltip>
      <Tooltip content="Put it at the prompt of a console" relationship="label">
        <Button size="small" appearance="subtle" icon={<WindowConsoleRegular />} onClick={send} />
      </Tooltip>
    </div>
  );
};

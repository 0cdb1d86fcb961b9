import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { InputOf, OperationName } from '../../../../server/protocol/operation/index.ts';
import { EchoLine } from '../../../echo/echo-line.tsx';
import { useEcho } from '../../../echo/use-echo.ts';
import { useSend } from '../../../state/command.ts';
import type { NewNotice } from '../../../state/notices.tsx';
import { refusalNotice } from '../../../state/refusal.ts';
import { Refused } from '../../refused.tsx';

interface AtOnceProps<N extends OperationName> {
  readonly label: string;
  readonly op: N;
  /** Null while what is to be done is not filled in. */
  readonly args: InputOf<N> | null;
  readonly disabled?: boolean;
  readonly onDone?: () => void;
}

/** A button of a page that does its operation itself, before OK: drives come and go at once. */
export const AtOnce = <N extends OperationName>(props: AtOnceProps<N>) => {
  const { label, op, args, disabled = false, onDone } = props;
  const send = useSend();
  const echo = useEcho();
  const [refused, setRefused] = useState<NewNotice | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async (): Promise<void> => {
    if (args === null) return;
    setBusy(true);
    const result = await send(op, args);
    setBusy(false);
    setRefused(result.ok ? null : refusalNotice(op, result.fault));
    if (result.ok) onDone?.();
  };
  return (
    <>
      <div>
        <Button disabled={disabled || busy || args === null} onClick={() => void act()}>
          {label}
        </Button>
      </div>
      {!disabled && args !== null && <EchoLine line={echo(op, args)} />}
      <Refused notice={refused} />
    </>
  );
};

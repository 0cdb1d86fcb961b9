import { Button, Tooltip } from '@fluentui/react-components';
import { ArrowResetFilled } from '@fluentui/react-icons/svg/arrow-reset';
import { ArrowUndoFilled } from '@fluentui/react-icons/svg/arrow-undo';
import { CameraFilled } from '@fluentui/react-icons/svg/camera';
import { KeyboardRegular } from '@fluentui/react-icons/svg/keyboard';
import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { PowerFilled } from '@fluentui/react-icons/svg/power';
import { SaveFilled } from '@fluentui/react-icons/svg/save';
import { StopFilled } from '@fluentui/react-icons/svg/stop';
import type { ReactElement } from 'react';
import type { CommandId, VmConnect } from './use-vmconnect.ts';
import css from './vmconnect.module.css';

/** The colours that the real toolbar has: green starts, red and orange end. */
const ICONS: Partial<Record<CommandId, readonly [ReactElement, colour: string]>> = {
  'ctrl-alt-del': [<KeyboardRegular key="icon" />, 'var(--e-text)'],
  start: [<PlayFilled key="icon" />, 'var(--e-ok)'],
  turnOff: [<StopFilled key="icon" />, 'var(--e-bad)'],
  shutDown: [<PowerFilled key="icon" />, 'var(--e-warn)'],
  save: [<SaveFilled key="icon" />, 'var(--e-warn)'],
  pause: [<PauseFilled key="icon" />, 'var(--e-brand)'],
  resume: [<PlayFilled key="icon" />, 'var(--e-brand)'],
  reset: [<ArrowResetFilled key="icon" />, 'var(--e-ok)'],
  snapshot: [<CameraFilled key="icon" />, 'var(--e-brand)'],
  revert: [<ArrowUndoFilled key="icon" />, 'var(--e-brand)'],
};

/** A greyed button can be reached all the same, so that its reason can be read. */
export const VmConnectTools = ({ connect }: { connect: VmConnect }) => (
  <div className={css['tools']} role="toolbar" aria-label="Toolbar">
    {connect.commands.map(({ id, label, reason, run }) => {
      const [icon, colour] = ICONS[id] ?? [];
      const name = label.replace('…', '');
      return (
        <Tooltip
          key={id}
          content={reason === null ? name : `${name}: ${reason}`}
          relationship="label"
        >
          <Button
            appearance="subtle"
            size="small"
            icon={
              icon ? (
                <span style={reason === null ? { color: colour } : undefined}>{icon}</span>
              ) : null
            }
            disabledFocusable={reason !== null}
            onClick={run}
          />
        </Tooltip>
      );
    })}
  </div>
);

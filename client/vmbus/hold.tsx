import { Button, Tooltip } from '@fluentui/react-components';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { countText } from '../format/amount.ts';
import css from './toolbar.module.css';

/** Holds a list still, and counts what comes meanwhile. */
export const Hold = ({
  isPaused,
  withheld,
  onPause,
}: {
  isPaused: boolean;
  withheld: number;
  onPause: (paused: boolean) => void;
}) => (
  <Tooltip
    content={isPaused ? 'Go on with the newest' : 'Hold the list still; the lab goes on'}
    relationship="description"
  >
    <Button
      size="small"
      appearance="subtle"
      icon={isPaused ? <PlayRegular /> : <PauseRegular />}
      aria-pressed={isPaused}
      onClick={() => onPause(!isPaused)}
    >
      {isPaused ? 'Go on' : 'Hold'}
      {isPaused && withheld > 0 && <span className={css['new']}>{countText(withheld)} new</span>}
    </Button>
  </Tooltip>
);

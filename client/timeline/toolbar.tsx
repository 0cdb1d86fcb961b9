import { Button } from '@fluentui/react-components';
import { plural } from '../format/amount.ts';
import { useArrived } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';
import type { Stage } from './stage.ts';
import type { Timeline } from './use-timeline.ts';
import css from './timeline.module.css';

interface ToolbarProps {
  readonly stage: Stage | null;
  readonly timeline: Timeline;
  readonly follows: boolean;
  readonly isList: boolean;
  readonly onList: (isList: boolean) => void;
}

const KINDS = [
  ['brand', 'step or action'],
  ['hypercall', 'hypercall'],
  ['synthetic', 'VMBus, guest'],
  ['intercept', 'intercept, fault'],
  ['quiet', 'event'],
] as const;

export const Toolbar = ({ stage, timeline, follows, isList, onList }: ToolbarProps) => {
  const { scope, vm, host } = useSelection();
  // Before, nothing may be said of how many facts there are.
  const arrived = useArrived(scope);
  return (
    <div className={css['bar']}>
      <strong>{vm?.name ?? host?.name ?? 'The whole lab'}</strong>
      <small role="status">{arrived ? countText(timeline) : 'The facts are on their way'}</small>
      <ul className={css['legend']} aria-label="Colours">
        {KINDS.map(([colour, name]) => (
          <li key={colour}>
            <i className={css[colour]} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
      <div className={css['tools']} role="group" aria-label="Zoom">
        <Button
          size="small"
          appearance="subtle"
          aria-label="Further (-)"
          disabled={isList}
          onClick={() => stage?.zoom(1 / 0.7, null)}
        >
          −
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-label="Nearer (+)"
          disabled={isList}
          onClick={() => stage?.zoom(0.7, null)}
        >
          +
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-label="All of it (0)"
          disabled={isList}
          onClick={() => stage?.fit()}
        >
          All
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-label="Follow now (End)"
          aria-pressed={follows}
          disabled={isList}
          className={follows ? (css['pressed'] ?? '') : ''}
          onClick={() => stage?.toNow()}
        >
          Now
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-pressed={isList}
          className={isList ? (css['pressed'] ?? '') : ''}
          onClick={() => onList(!isList)}
        >
          List
        </Button>
      </div>
    </div>
  );
};

const countText = ({ facts, history }: Timeline): string => {
  const older = history.hasOlder ? ' and older' : '';
  return `${plural(facts.length, 'fact')}${history.isLoading ? ', older ones are on their way' : older}`;
};

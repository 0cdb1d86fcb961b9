import { Button } from '@fluentui/react-components';
import { clockTime, spanText } from '../format/lab-time.ts';
import { InMoment, useMoment } from '../moment/use-moment.tsx';
import { useArrived, useLabTime, useRecord, useRecords } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';
import { useMomentWork } from './use-moment-work.ts';
import css from './timeline.module.css';

/** That one looks at the past, how it was then, and the way back. */
export const MomentBar = ({ scrubbed }: { scrubbed: number | null }) => {
  const { past, problem, backToNow } = useMoment();
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const now = useLabTime();
  const { copyLink } = useMomentWork();
  if (past === null) return null;
  const at = scrubbed ?? past.at;
  return (
    <div className={css['moment']} role="status">
      <strong>{at === null ? 'Going back…' : clockTime(calendarStart, at)}</strong>
      <span>
        {problem ??
          (at === null ? '' : `${spanText(Math.max(0, Math.floor(now - at)))} ago, for you alone`)}
      </span>
      <InMoment>
        <Then />
      </InMoment>
      <Button
        size="small"
        onClick={() => copyLink(past.turn, clockTime(calendarStart, past.at ?? 0))}
      >
        Copy link
      </Button>
      <Button size="small" appearance="primary" onClick={backToNow}>
        Back to now
      </Button>
    </div>
  );
};

/** The state of what is chosen, as it was. */
const Then = () => {
  const { vm, host } = useSelection();
  const vms = useRecords('vm');
  const arrived = useArrived('lab');
  if (!arrived) return <span className={css['then']}>…</span>;
  if (vm !== null) {
    return (
      <span className={css['then']}>
        {vm.name} was <b>{vm.state}</b>
        {vm.status && vm.status !== 'Operating normally' ? `, ${vm.status}` : ''}
      </span>
    );
  }
  const mine = vms.filter(({ host: on }) => host === null || on === host.id);
  const running = mine.filter(({ state }) => state === 'Running').length;
  return (
    <span className={css['then']}>
      {running} of {mine.length} virtual machines ran
    </span>
  );
};

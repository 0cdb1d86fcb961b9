import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { KeyboardRegular } from '@fluentui/react-icons/svg/keyboard';
import { useEffect, useState } from 'react';
import { mayStep } from '../clock/speeds.ts';
import { useGoToConsole } from '../console/console-context.tsx';
import { CONSOLE_KEYS } from '../console/console-keys.ts';
import { TABS } from '../route/address.ts';
import { TAB_TITLES } from '../route/tab-titles.ts';
import { useSubmit } from '../state/command.ts';
import { useRecord, useRecords } from '../state/lab-context.tsx';
import { useMove } from '../state/place.tsx';
import { useTour } from '../tour/tour.tsx';
import css from './keys.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['?', 'This list'],
  ['t', 'The tour of one minute'],
  ...TABS.map((tab, index) => [String(index + 1), TAB_TITLES.get(tab) ?? tab] as const),
  ['p', 'Pause the lab, or let it run'],
  ['f', 'While paused: to the next fact'],
  ['j', 'While paused, and a task is running: to its next step'],
  ['s', 'While paused: one lab second on'],
  [', .', 'In X-ray: one fact back, for you alone, and forward again'],
  ['n', 'New virtual machine on the chosen host'],
  ['c', 'To the console'],
  ['Enter', 'In the list of machines: connect'],
  ['+ - 0', 'In the timeline: nearer, further, all of it'],
  ['← →', 'In the timeline: the fact before and after; with Shift, move along'],
  ['↑ ↓ ← →', 'Move in the tree and in every list; close and open a host'],
  ['Escape', 'Close the inspector or a window'],
];

const STEPS: Readonly<Record<string, 'fact' | 'job-step' | 'second'>> = {
  f: 'fact',
  j: 'job-step',
  s: 'second',
};

/** Keys that work everywhere except where one types. */
const isFree = (event: KeyboardEvent): boolean =>
  !event.ctrlKey &&
  !event.altKey &&
  !event.metaKey &&
  !event.defaultPrevented &&
  !(
    event.target instanceof Element &&
    event.target.closest('input, textarea, select, [role=dialog], [role=menu]')
  );

export const KeysButton = () => {
  const [open, setOpen] = useState(false);
  const move = useMove();
  const tour = useTour();
  const submit = useSubmit();
  const goToConsole = useGoToConsole();
  const running = useRecord<'clock'>('clock:lab')?.running ?? false;
  const jobs = useRecords('job');
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isFree(event)) return;
      const tab = TABS[Number(event.key) - 1];
      const step = STEPS[event.key];
      if (event.key === '?') setOpen(true);
      else if (tab !== undefined) move({ tab, filter: '' });
      else if (event.key === 'p') void submit(running ? 'clock.pause' : 'clock.resume', {});
      else if (step !== undefined && !running && mayStep(step, jobs))
        void submit('clock.step', { to: step });
      else if (event.key === 't') tour();
      else if (event.key === 'n') move({ dialog: 'new-vm' });
      else if (event.key === 'c') goToConsole();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [move, submit, goToConsole, tour, running, jobs]);
  return (
    <Dialog open={open} onOpenChange={(_, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Tooltip content="Keys (?)" relationship="label">
          <Button appearance="subtle" size="small" icon={<KeyboardRegular />} />
        </Tooltip>
      </DialogTrigger>
      <DialogSurface style={{ maxWidth: 900 }}>
        <DialogBody>
          <DialogTitle>Keys</DialogTitle>
          <DialogContent>
            <div className={css['columns']}>
              <KeyList keys={KEYS} />
              <section>
                <h3>In a console</h3>
                <KeyList keys={CONSOLE_KEYS} />
              </section>
            </div>
          </DialogContent>
          <DialogActions>
            <Button
              onClick={() => {
                setOpen(false);
                tour();
              }}
            >
              Take the Tour
            </Button>
            <Button appearance="primary" onClick={() => setOpen(false)}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
};

const KeyList = ({ keys }: { keys: readonly (readonly [string, string])[] }) => (
  <dl className={css['keys']}>
    {keys.map(([key, what]) => (
      <div key={key}>
        <dt>
          <kbd>{key}</kbd>
        </dt>
        <dd>{what}</dd>
      </div>
    ))}
  </dl>
);

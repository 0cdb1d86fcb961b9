import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components';
import { useState } from 'react';
import { forkLab, type Problem, rewindLab } from '../rest/request.ts';
import { ProblemNote } from '../house/house-page.tsx';
import houseCss from '../house/house.module.css';
import css from './history.module.css';
import { type By, momentText, whenOf } from './moment.ts';

/** What can be made of a moment: another branch beside the lab, or the lab itself. */
export const GoOn = ({ lab, by, value }: { lab: string; by: By; value: number }) => {
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const when = whenOf(by, value);
  const fork = async (): Promise<void> => {
    const answer = await forkLab(lab, when);
    setProblem(answer.ok ? null : answer.fault);
    setSaid(
      answer.ok
        ? `Branch ${answer.value.branch} goes on from turn ${answer.value.turn}. The lab stays as it is.`
        : null,
    );
  };
  const rewind = async (): Promise<void> => {
    const answer = await rewindLab(lab, when);
    setProblem(answer.ok ? null : answer.fault);
    setSaid(
      answer.ok
        ? `The lab is at turn ${answer.value.turn} again, for everyone, as branch ${answer.value.branch}.`
        : null,
    );
  };
  return (
    <>
      <div className={houseCss['actions']}>
        <Button onClick={() => void fork()}>Make a Branch</Button>
        <RewindButton moment={momentText(by, value)} onRewind={rewind} />
      </div>
      {said !== null && (
        <MessageBar intent="success" className={css['said'] ?? ''}>
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {problem && <ProblemNote problem={problem} />}
    </>
  );
};

/** It concerns everybody in the lab, so it says what it will do before it does. */
const RewindButton = ({ moment, onRewind }: { moment: string; onRewind: () => Promise<void> }) => (
  <Dialog modalType="alert">
    <DialogTrigger disableButtonEnhancement>
      <Button>Rewind the Lab…</Button>
    </DialogTrigger>
    <DialogSurface style={{ maxWidth: 480 }}>
      <DialogBody>
        <DialogTitle>Rewind the lab for everyone</DialogTitle>
        <DialogContent>
          <p>
            The lab goes back to {moment}, at once and for everybody in it, and runs on from there
            as its clock stood then.
          </p>
          <p>
            What happened since is not shown any more. It stays in the database as a branch of its
            own; nothing is deleted.
          </p>
        </DialogContent>
        <DialogActions>
          <DialogTrigger disableButtonEnhancement>
            <Button
              appearance="primary"
              style={{ whiteSpace: 'nowrap' }}
              onClick={() => void onRewind()}
            >
              Rewind
            </Button>
          </DialogTrigger>
          <DialogTrigger disableButtonEnhancement>
            <Button style={{ whiteSpace: 'nowrap' }}>Cancel</Button>
          </DialogTrigger>
        </DialogActions>
      </DialogBody>
    </DialogSurface>
  </Dialog>
);

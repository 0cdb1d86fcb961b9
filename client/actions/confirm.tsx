import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState } from 'react';
import { EchoLine } from '../echo/echo-line.tsx';
import { must } from '../../server/base/assert.ts';
import type { Question } from './confirmations.ts';

type Confirm = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | null>(null);

interface Asked {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

/** Asks before what cannot be taken back. One question at a time: a second one answers the first with no. */
export const ConfirmProvider = ({ children }: { children: ReactNode }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const confirm = useCallback<Confirm>(
    question =>
      new Promise(resolve => {
        setAsked(before => {
          before?.answer(false);
          return { question, answer: resolve };
        });
      }),
    [],
  );
  const answer = (yes: boolean): void => {
    asked?.answer(yes);
    setAsked(null);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {asked && <ConfirmDialog question={asked.question} onAnswer={answer} />}
    </ConfirmContext>
  );
};

export const useConfirm = (): Confirm =>
  must(useContext(ConfirmContext), 'the screen of a lab provides it');

const ConfirmDialog = ({
  question: { title, text, note, line = null, yes, no },
  onAnswer,
}: {
  question: Question;
  onAnswer: (yes: boolean) => void;
}) => (
  <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && onAnswer(false)}>
    <DialogSurface style={{ maxWidth: 480 }}>
      <DialogBody>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>
          <p>{text}</p>
          {note !== undefined && <p>{note}</p>}
          <EchoLine line={line} onSent={() => onAnswer(false)} />
        </DialogContent>
        <DialogActions>
          <Button
            appearance="primary"
            style={{ whiteSpace: 'nowrap' }}
            onClick={() => onAnswer(true)}
          >
            {yes}
          </Button>
          <Button style={{ whiteSpace: 'nowrap' }} onClick={() => onAnswer(false)}>
            {no}
          </Button>
        </DialogActions>
      </DialogBody>
    </DialogSurface>
  </Dialog>
);

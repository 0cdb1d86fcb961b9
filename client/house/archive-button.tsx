import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { useState } from 'react';
import { archiveLab, type Lab, type Problem } from '../rest/request.ts';
import { ProblemNote } from './house-page.tsx';

/** Closing a lab cannot be undone here, so it asks for the lab's name. */
export const ArchiveButton = ({ lab, onDone }: { lab: Lab; onDone: () => void }) => {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const archive = async (): Promise<void> => {
    const answer = await archiveLab(lab.lab);
    if (!answer.ok) return setProblem(answer.fault);
    setOpen(false);
    onDone();
    return undefined;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Close…</Button>
      {open && (
        <Dialog open onOpenChange={(_, data) => setOpen(data.open)}>
          <DialogSurface style={{ maxWidth: 460 }}>
            <DialogBody>
              <DialogTitle>Close this lab for everyone</DialogTitle>
              <DialogContent>
                <p>
                  Everyone in it is sent out and nobody can enter again. Its rows stay in the
                  database.
                </p>
                <Field label={`To close it, type its name: ${lab.name}`}>
                  <Input value={typed} onChange={(_, data) => setTyped(data.value)} />
                </Field>
                {problem && <ProblemNote problem={problem} />}
              </DialogContent>
              <DialogActions>
                <Button
                  appearance="primary"
                  disabled={typed.trim() !== lab.name}
                  onClick={() => void archive()}
                >
                  Close the Lab
                </Button>
                <Button onClick={() => setOpen(false)}>Cancel</Button>
              </DialogActions>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      )}
    </>
  );
};

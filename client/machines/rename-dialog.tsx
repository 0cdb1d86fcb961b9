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
import { type FormEvent, useState } from 'react';
import { EchoLine } from '../echo/echo-line.tsx';
import { useEcho } from '../echo/use-echo.ts';
import { useSend } from '../state/command.ts';
import { useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import type { NewNotice } from '../state/notices.tsx';
import { useMove, useSelection } from '../state/place.tsx';
import { useActivity } from '../state/presence.tsx';
import { refusalNotice } from '../state/refusal.ts';
import { Refused } from './refused.tsx';
import { vmNameFault } from './vm-name.ts';

export const RenameDialog = () => {
  const { vm } = useSelection();
  return vm && <Form vm={vm} />;
};

const Form = ({ vm }: { vm: Seen<'vm'> }) => {
  const move = useMove();
  const send = useSend();
  const echo = useEcho();
  const others = useRecords('vm').filter(({ id }) => id !== vm.id);
  const [name, setName] = useState(vm.name ?? '');
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<NewNotice | null>(null);
  useActivity(`renaming ${vm.name ?? 'a virtual machine'}`);
  const fault = vmNameFault(name);
  const twin = others.some(other => other.name === name.trim());
  const close = (): void => move({ dialog: null }, 'replace');
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (fault !== null) return;
    const result = await send('vm.rename', { vm: vm.id, name: name.trim() });
    if (result.ok) close();
    else setRefused(refusalNotice('vm.rename', result.fault));
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface style={{ maxWidth: 420 }}>
        <form onSubmit={event => void save(event)}>
          <DialogBody>
            <DialogTitle>Rename {vm.name}</DialogTitle>
            <DialogContent>
              <Field
                label="Name"
                {...(tried && fault !== null ? { validationMessage: fault } : {})}
                {...(fault === null && twin
                  ? {
                      validationState: 'warning',
                      validationMessage:
                        'Another virtual machine has this name. Hyper-V allows that and tells them apart by their ids.',
                    }
                  : {})}
              >
                <Input autoFocus value={name} onChange={(_, data) => setName(data.value)} />
              </Field>
              <Refused notice={refused} />
              <EchoLine
                line={fault === null ? echo('vm.rename', { vm: vm.id, name: name.trim() }) : null}
              />
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary">
                Rename
              </Button>
              <Button onClick={close}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
};

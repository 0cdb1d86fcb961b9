import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { EchoLine } from '../../echo/echo-line.tsx';
import { useEcho } from '../../echo/use-echo.ts';
import { useArrived, useWatch } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../../state/place.tsx';
import { useActivity } from '../../state/presence.tsx';
import { Refused } from '../refused.tsx';
import { commandsOf } from './commands.ts';
import { Conflicts } from './conflicts.tsx';
import { type Node, nodesOf } from './nodes.ts';
import { SettingsHead } from './settings-head.tsx';
import { SettingsPage } from './settings-page.tsx';
import { SettingsTree } from './settings-tree.tsx';
import css from './settings.module.css';
import type { Subject } from './subject.ts';
import { type Drafting, useDraft } from './use-draft.ts';
import { useSubject } from './use-subject.ts';

export const SettingsDialog = () => {
  const { vm } = useSelection();
  // What is changed belongs to one machine.
  return vm && <Settings key={vm.id} vm={vm} />;
};

/** The node that the address names; the real window opens at its first one that is worth reading. */
const useNode = (nodes: readonly Node[]): Node | undefined => {
  const { step } = usePlace();
  return nodes.find(({ id }) => id === step) ?? nodes.find(({ id }) => id === 'bios');
};

const Settings = ({ vm }: { vm: Seen<'vm'> }) => {
  const subject = useSubject(vm);
  const drafting = useDraft(subject);
  const nodes = nodesOf(subject, drafting.value);
  const node = useNode(nodes);
  const move = useMove();
  useWatch(vm.id);
  const arrived = useArrived(vm.id);
  useActivity(`in Settings of ${vm.name ?? 'a virtual machine'}`);
  const close = (): void => move({ dialog: null }, 'replace');
  return (
    <Dialog
      open
      // A click beside it must not throw away what is changed.
      onOpenChange={(_, { open, type }) =>
        !open && (type !== 'backdropClick' || drafting.draft.size === 0) && close()
      }
    >
      <DialogSurface className={css['surface'] ?? ''} aria-label={`Settings for ${vm.name ?? ''}`}>
        <div className={css['frame']}>
          <SettingsHead vm={vm} locked={drafting.draft.size > 0 || drafting.sending} />
          <Conflicts
            list={drafting.moved}
            subject={subject}
            draft={drafting.draft}
            onSettle={drafting.settle}
          />
          <SettingsTree
            nodes={nodes}
            at={node?.id ?? ''}
            draft={drafting.draft}
            onGo={id => move({ step: id }, 'replace')}
          />
          <div className={css['body']} role="region" aria-label={node?.title} tabIndex={0}>
            <h2>{node?.title}</h2>
            {node && (
              // What is not here yet cannot be changed: it would pass for somebody else's change.
              <fieldset className={css['fields']} disabled={!arrived} aria-busy={!arrived}>
                <SettingsPage
                  node={node}
                  subject={subject}
                  value={drafting.value}
                  onEdit={drafting.edit}
                />
              </fieldset>
            )}
          </div>
          <Foot subject={subject} drafting={drafting} onClose={close} />
        </div>
      </DialogSurface>
    </Dialog>
  );
};

/** What would be done, in PowerShell; what was refused of it; and the buttons. */
const Foot = ({
  subject,
  drafting: { draft, blocked, refused, apply },
  onClose,
}: {
  subject: Subject;
  drafting: Drafting;
  onClose: () => void;
}) => {
  const echo = useEcho();
  const line = commandsOf(subject, draft)
    .flatMap(({ op, args }) => echo(op, args) ?? [])
    .join('; ');
  return (
    <>
      <div className={css['echo']}>
        <Refused notice={refused} />
        <EchoLine line={line === '' ? null : line} />
      </div>
      <div className={css['foot']}>
        <Button
          appearance="primary"
          disabled={blocked}
          onClick={() => void apply().then(done => done && onClose())}
        >
          OK
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button disabled={blocked || draft.size === 0} onClick={() => void apply()}>
          Apply
        </Button>
      </div>
    </>
  );
};

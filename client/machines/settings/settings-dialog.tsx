import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { EchoLine } from '../../echo/echo-line.tsx';
import { useEcho } from '../../echo/use-echo.ts';
import { useSubmit } from '../../state/command.ts';
import { useRecords, useWatch } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../../state/place.tsx';
import { useActivity } from '../../state/presence.tsx';
import { Conflicts } from './conflicts.tsx';
import {
  conflicts,
  type Draft,
  edited,
  fieldFault,
  type Key,
  NO_EDITS,
  type PageId,
} from './draft.ts';
import { PAGES, SettingsTree } from './settings-tree.tsx';
import css from './settings.module.css';
import { SettingsHead } from './settings-head.tsx';
import { SettingsPage } from './settings-page.tsx';
import { commandsOf, type Subject, valueOf } from './subject.ts';

export const SettingsDialog = () => {
  const { vm } = useSelection();
  return vm && <Settings vm={vm} />;
};

const useSubject = (vm: Seen<'vm'>): Subject => {
  const drives = useRecords('disk-drive');
  const adapters = useRecords('network-adapter');
  const services = useRecords('integration-service');
  const images = useRecords('library-image');
  const switches = useRecords('virtual-switch');
  return useMemo(
    () => ({
      vm,
      dvd: drives.find(drive => drive.vm === vm.id && drive.type === 'Dvd'),
      adapter: adapters.find(adapter => adapter.vm === vm.id),
      services: services.filter(service => service.vm === vm.id),
      discs: images.filter(({ host, type }) => host === vm.host && type === 'Iso'),
      switches: switches.filter(({ host }) => host === vm.host),
    }),
    [vm, drives, adapters, services, images, switches],
  );
};

/** The page that the address names. */
const usePage = (): readonly [PageId, (id: PageId) => void] => {
  const { step } = usePlace();
  const move = useMove();
  const page = PAGES.find(({ id }) => id === step)?.id ?? 'memory';
  return [page, id => move({ step: id }, 'replace')];
};

const Settings = ({ vm }: { vm: Seen<'vm'> }) => {
  const subject = useSubject(vm);
  const [draft, setDraft] = useState<Draft>(NO_EDITS);
  const [page, go] = usePage();
  const [sending, setSending] = useState(false);
  const move = useMove();
  const submit = useSubmit();
  const echo = useEcho();
  useWatch(vm.id);
  useActivity(`in Settings of ${vm.name ?? 'a virtual machine'}`);
  const now = (key: Key): string => valueOf(subject, key);
  const moved = conflicts(draft, now);
  const faulty = [...draft].some(([key, { mine }]) => fieldFault(key, mine) !== null);
  const blocked = faulty || moved.length > 0 || sending;

  const line = commandsOf(subject, draft)
    .flatMap(({ op, args }) => echo(op, args) ?? [])
    .join('; ');
  const close = (): void => move({ dialog: null }, 'replace');
  /** One operation after the other; the first that is refused keeps the rest in the window. */
  const apply = async (): Promise<boolean> => {
    setSending(true);
    for (const { op, args } of commandsOf(subject, draft)) {
      const result = await submit(op, args);
      if (!result.ok) {
        setSending(false);
        return false;
      }
    }
    setDraft(NO_EDITS);
    setSending(false);
    return true;
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface className={css['surface'] ?? ''} aria-label={`Settings for ${vm.name ?? ''}`}>
        <div className={css['frame']}>
          <SettingsHead vm={vm} locked={draft.size > 0 || sending} />
          <Conflicts list={moved} vm={vm} draft={draft} onSettle={setDraft} />
          <SettingsTree at={page} subject={subject} draft={draft} onGo={go} />
          <div className={css['body']}>
            <h2>{PAGES.find(({ id }) => id === page)?.title}</h2>
            <SettingsPage
              page={page}
              subject={subject}
              value={key => draft.get(key)?.mine ?? now(key)}
              onEdit={(key, mine) => setDraft(before => edited(before, key, now(key), mine))}
            />
          </div>
          <div className={css['echo']}>
            <EchoLine line={line === '' ? null : line} />
          </div>
          <div className={css['foot']}>
            <Button
              appearance="primary"
              disabled={blocked}
              onClick={() => void apply().then(done => done && close())}
            >
              OK
            </Button>
            <Button onClick={close}>Cancel</Button>
            <Button disabled={blocked || draft.size === 0} onClick={() => void apply()}>
              Apply
            </Button>
          </div>
        </div>
      </DialogSurface>
    </Dialog>
  );
};

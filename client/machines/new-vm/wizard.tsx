import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { Id } from '../../../server/protocol/id.ts';
import { useSend } from '../../state/command.ts';
import { useRecords, useWatch } from '../../state/lab-context.tsx';
import type { NewNotice } from '../../state/notices.tsx';
import { useMove, usePlace, useSelection } from '../../state/place.tsx';
import { useActivity } from '../../state/presence.tsx';
import { refusalNotice } from '../../state/refusal.ts';
import { Refused } from '../refused.tsx';
import { DiskPage } from './disk-page.tsx';
import { emptyForm, firstFault, type NewVmForm, operationOf, pageFault, PAGES } from './form.ts';
import {
  BeginPage,
  InstallationPage,
  MemoryPage,
  NamePage,
  NetworkingPage,
  type PageProps,
} from './pages.tsx';
import { SummaryPage } from './summary-page.tsx';
import css from './wizard.module.css';

export const NewVmWizard = () => {
  const { host } = useSelection();
  const hosts = useRecords('host');
  const on = host ?? hosts.find(({ state }) => state === 'Running') ?? hosts[0];
  return on && <Wizard host={on.id} />;
};

const BODIES: Readonly<
  Record<(typeof PAGES)[number]['id'], (props: PageProps) => React.ReactNode>
> = {
  begin: BeginPage,
  name: NamePage,
  memory: MemoryPage,
  networking: NetworkingPage,
  disk: DiskPage,
  installation: InstallationPage,
  summary: SummaryPage,
};

/** Where somebody is in the wizard, what is filled in, and the ways on. */
const useWizard = (host: Id<'host'>) => {
  const [form, setForm] = useState<NewVmForm>(() => emptyForm(host));
  const { step } = usePlace();
  const at = Math.max(
    0,
    PAGES.findIndex(({ id }) => id === step),
  );
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<NewNotice | null>(null);
  const move = useMove();
  const setAt = (to: number): void => move({ step: PAGES[to]?.id ?? null }, 'replace');
  const send = useSend();
  const page = PAGES[at] ?? PAGES[0];
  const fault = pageFault(page.id, form);
  const turn = (to: number): void => {
    const forwards = to > at;
    setTried(forwards && fault !== null);
    if (!forwards || fault === null) setAt(Math.min(Math.max(to, 0), PAGES.length - 1));
  };
  const change = (changed: Partial<NewVmForm>): void => {
    setTried(false);
    setRefused(null);
    setForm(before => ({ ...before, ...changed }));
  };
  const finish = async (): Promise<void> => {
    const missing = firstFault(form);
    if (missing !== null) {
      setTried(true);
      setAt(PAGES.findIndex(({ id }) => id === missing.page));
      return;
    }
    setSending(true);
    setRefused(null);
    const result = await send('vm.create', operationOf(form));
    setSending(false);
    if (result.ok) move({ dialog: null, on: createdId(result.value) ?? form.host }, 'replace');
    else setRefused(refusalNotice('vm.create', result.fault));
  };
  const close = (): void => move({ dialog: null }, 'replace');
  return {
    form,
    at,
    page,
    fault: tried ? fault : null,
    sending,
    refused,
    turn,
    change,
    finish,
    close,
  };
};

/** New Virtual Machine, page by page as in Hyper-V Manager; Finish is there from the first page on. */
const Wizard = ({ host }: { host: Id<'host'> }) => {
  const { form, at, page, fault, sending, refused, turn, change, finish, close } = useWizard(host);
  // Disks and switches of the chosen host are not among the columns of lists.
  useWatch(form.host);
  useActivity(`in New Virtual Machine, page ${at + 1} of ${PAGES.length}`);
  const Body = BODIES[page.id];
  const isLast = page.id === 'summary';
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [at]);
  return (
    <Dialog
      open
      // A click beside it must not throw away what is filled in.
      onOpenChange={(_, { open, type }) => !open && type !== 'backdropClick' && close()}
    >
      <DialogSurface className={css['surface'] ?? ''} aria-label="New Virtual Machine Wizard">
        <form
          className={css['frame']}
          onSubmit={event => {
            event.preventDefault();
            if (isLast) void finish();
            else turn(at + 1);
          }}
        >
          <h1 className={css['title']}>New Virtual Machine Wizard</h1>
          <Pages at={at} onTurn={turn} />
          <div ref={body} className={css['body']}>
            <h2>{isLast ? 'Completing the New Virtual Machine Wizard' : page.title}</h2>
            <Body form={form} fault={fault} onChange={change} />
          </div>
          <div className={css['refused']}>
            <Refused notice={refused} />
          </div>
          <div className={css['foot']}>
            <Button disabled={at === 0} onClick={() => turn(at - 1)}>
              &lt; Previous
            </Button>
            <Button type="submit" disabled={isLast}>
              Next &gt;
            </Button>
            <Button appearance="primary" disabled={sending} onClick={() => void finish()}>
              Finish
            </Button>
            <Button onClick={close}>Cancel</Button>
          </div>
        </form>
      </DialogSurface>
    </Dialog>
  );
};

const Pages = ({ at, onTurn }: { at: number; onTurn: (to: number) => void }) => (
  <ol className={css['pages']} aria-label="Pages">
    {PAGES.map(({ id, title }, index) => (
      <li key={id}>
        <button
          type="button"
          className={css['page']}
          aria-current={index === at ? 'step' : undefined}
          onClick={() => onTurn(index)}
        >
          {title}
        </button>
      </li>
    ))}
  </ol>
);

/** The id of the new machine, so that it is selected at once. */
const createdId = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'vm') : null;
  return typeof id === 'string' ? id : null;
};

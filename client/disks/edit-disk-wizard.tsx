import { Checkbox, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Id } from '../../server/protocol/id.ts';
import { EchoLine } from '../echo/echo-line.tsx';
import { useEcho } from '../echo/use-echo.ts';
import { saying } from '../machines/new-vm/pages.tsx';
import css from '../machines/new-vm/wizard.module.css';
import { useSend } from '../state/command.ts';
import { useWatch } from '../state/lab-context.tsx';
import type { NewNotice } from '../state/notices.tsx';
import { useMove, useSelection } from '../state/place.tsx';
import { useActivity } from '../state/presence.tsx';
import { refusalNotice } from '../state/refusal.ts';
import { type DiskFile, useDiskFiles } from './disk-files.ts';
import { DiskPairs } from './disk-pairs.tsx';
import {
  ACTIONS,
  actionsFor,
  commandOf,
  type EditForm,
  emptyEdit,
  firstFault,
  pageFault,
  type PageId,
  PAGES,
} from './edit-disk-form.ts';
import { WizardFrame } from './frame.tsx';

// The sentences of the pages are those of the wizard of Server 2012, recalled and not checked against it.

export const EditDiskWizard = () => {
  const { host } = useSelection();
  return host && <Wizard host={host.id} />;
};

interface PageProps {
  readonly form: EditForm;
  readonly file: DiskFile | undefined;
  readonly files: readonly DiskFile[];
  readonly fault: string | null;
  readonly onChange: (changed: Partial<EditForm>) => void;
}

const Wizard = ({ host }: { host: Id<'host'> }) => {
  useWatch(host);
  const files = useDiskFiles(host);
  const [form, setForm] = useState(() => emptyEdit(host, ''));
  const file = files.find(({ path }) => path === form.path);
  const [at, setAt] = useState(0);
  const move = useMove();
  const send = useSend();
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<NewNotice | null>(null);
  const page: PageId = PAGES[at]?.id ?? 'locate';
  const fault = pageFault(page, form, file);
  useActivity(`in Edit Virtual Hard Disk, page ${at + 1} of ${PAGES.length}`);
  const turn = (to: number): void => {
    const isStopped = to > at && fault !== null;
    setTried(isStopped);
    if (!isStopped) setAt(to);
  };
  const finish = async (): Promise<void> => {
    const missing = firstFault(form, file);
    if (missing !== null) {
      setTried(true);
      return setAt(PAGES.findIndex(({ id }) => id === missing.page));
    }
    const { op, args } = commandOf(form);
    setSending(true);
    const result = await send(op, args);
    setSending(false);
    if (result.ok) move({ dialog: null }, 'replace');
    else setRefused(refusalNotice(op, result.fault));
  };
  const Body = BODIES[page];
  return (
    <WizardFrame
      title="Edit Virtual Hard Disk Wizard"
      ending="Completing the Edit Virtual Hard Disk Wizard"
      pages={PAGES}
      at={at}
      sending={sending}
      refused={refused}
      onTurn={turn}
      onFinish={() => void finish()}
      onClose={() => move({ dialog: null }, 'replace')}
    >
      <Body
        form={form}
        file={file}
        files={files}
        fault={tried ? fault : null}
        onChange={changed => {
          setTried(false);
          setRefused(null);
          setForm(before => ({ ...before, ...changed }));
        }}
      />
    </WizardFrame>
  );
};

const LocatePage = ({ form, file, files, fault, onChange }: PageProps) => (
  <>
    <p>Where is the virtual hard disk file located?</p>
    <Field label="Location" {...saying(fault)}>
      <Select
        value={form.path}
        onChange={(_, { value }) => {
          const chosen = files.find(({ path }) => path === value);
          const [action = 'convert'] = actionsFor(chosen);
          onChange({ path: value, action, to: value.replace(/(?=\.a?vhdx?$)/iu, ' copy') });
        }}
      >
        <option value="" />
        {files.map(({ path }) => (
          <option key={path}>{path}</option>
        ))}
      </Select>
    </Field>
    {file && <DiskPairs file={file} />}
  </>
);

const ActionPage = ({ form, file, fault, onChange }: PageProps) => {
  const offered = actionsFor(file);
  return (
    <>
      <p>What do you want to do to the virtual hard disk?</p>
      {fault !== null && <p>{fault}</p>}
      <RadioGroup
        aria-label="Action"
        value={form.action}
        onChange={(_, { value }) => {
          const action = offered.find(one => one === value);
          if (action !== undefined) onChange({ action });
        }}
      >
        {ACTIONS.filter(([action]) => offered.includes(action)).map(([action, label]) => (
          <Radio key={action} value={action} label={label} />
        ))}
      </RadioGroup>
      <p>{ACTIONS.find(([action]) => action === form.action)?.[2]}</p>
    </>
  );
};

const ConfigurePage = (props: PageProps) => {
  switch (props.form.action) {
    case 'convert':
      return <ConvertFields {...props} />;
    case 'expand':
    case 'shrink':
      return <SizeFields {...props} />;
    case 'reconnect':
      return <ParentFields {...props} />;
    case 'merge':
      return (
        <p>
          The changes are merged into the parent, and this file is deleted. Other differencing disks
          of that parent do not fit it any more afterwards.
        </p>
      );
    case 'compact':
      return (
        <p>
          Blocks in which the guest has deleted everything leave the file. There is nothing to
          configure.
        </p>
      );
  }
};

const ConvertFields = ({ form, fault, onChange }: PageProps) => (
  <>
    <p>Its extension says the format of the new disk: .vhd or .vhdx.</p>
    <Field label="Name and location" {...saying(fault)}>
      <Input value={form.to} onChange={(_, { value }) => onChange({ to: value })} />
    </Field>
    <RadioGroup
      aria-label="Type"
      value={form.type}
      onChange={(_, { value }) => onChange({ type: value === 'Fixed' ? 'Fixed' : 'Dynamic' })}
    >
      <Radio value="Fixed" label="Fixed size" />
      <Radio value="Dynamic" label="Dynamically expanding" />
    </RadioGroup>
  </>
);

const SizeFields = ({ form, fault, file, onChange }: PageProps) => (
  <>
    {file && <DiskPairs file={file} />}
    <Field label="New size, in GB" {...saying(fault)}>
      <Input
        type="number"
        inputMode="numeric"
        style={{ width: 160 }}
        value={form.size}
        onChange={(_, { value }) => onChange({ size: value })}
      />
    </Field>
  </>
);

const ParentFields = ({ form, files, fault, onChange }: PageProps) => (
  <>
    <Field label="Parent" {...saying(fault)}>
      <Select value={form.parent} onChange={(_, { value }) => onChange({ parent: value })}>
        <option value="" />
        {files
          .filter(({ path }) => path !== form.path)
          .map(({ path }) => (
            <option key={path}>{path}</option>
          ))}
      </Select>
    </Field>
    <Checkbox
      label="Ignore ID mismatch"
      checked={form.ignoreMismatch}
      onChange={(_, { checked }) => onChange({ ignoreMismatch: checked === true })}
    />
  </>
);

const SummaryPage = ({ form, file }: PageProps) => {
  const missing = firstFault(form, file);
  const echo = useEcho();
  const { op, args } = commandOf(form);
  return (
    <>
      <p>
        {missing === null
          ? 'You have successfully completed the Edit Virtual Hard Disk Wizard. You are about to make the following changes to the virtual hard disk.'
          : `Not yet: ${missing.fault}`}
      </p>
      <dl className={css['summary']}>
        <dt>Virtual Hard Disk</dt>
        <dd>{form.path}</dd>
        <dt>Action</dt>
        <dd>{ACTIONS.find(([action]) => action === form.action)?.[1]}</dd>
        <Configured form={form} />
      </dl>
      <EchoLine line={missing === null ? echo(op, args) : null} />
      <p>To complete the action and close the wizard, click Finish.</p>
    </>
  );
};

const Configured = ({ form }: { form: EditForm }) => {
  const { action, size, to, type, parent } = form;
  const pairs: readonly (readonly [string, string])[] =
    action === 'convert'
      ? [
          ['New Disk', to],
          ['Type', type],
        ]
      : action === 'expand' || action === 'shrink'
        ? [['New Size', `${size} GB`]]
        : action === 'reconnect'
          ? [['Parent', parent]]
          : [];
  return pairs.map(([name, value]) => (
    <div key={name} style={{ display: 'contents' }}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  ));
};

const BODIES: Readonly<Record<PageId, (props: PageProps) => React.ReactNode>> = {
  locate: LocatePage,
  action: ActionPage,
  configure: ConfigurePage,
  summary: SummaryPage,
};

import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Id } from '../../server/protocol/id.ts';
import { EchoLine } from '../echo/echo-line.tsx';
import { useEcho } from '../echo/use-echo.ts';
import { saying } from '../machines/new-vm/pages.tsx';
import css from '../machines/new-vm/wizard.module.css';
import { useSend } from '../state/command.ts';
import { useRecord, useWatch } from '../state/lab-context.tsx';
import type { NewNotice } from '../state/notices.tsx';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { useActivity } from '../state/presence.tsx';
import { refusalNotice } from '../state/refusal.ts';
import { useDiskFiles } from './disk-files.ts';
import { WizardFrame } from './frame.tsx';
import {
  emptyForm,
  firstFault,
  MOST,
  type NewDiskForm,
  operationOf,
  pageFault,
  type PageId,
  PAGES,
  pathOf,
  withFormat,
} from './new-disk-form.ts';

// The sentences of the pages are those of the wizard of Server 2012, recalled and not checked against it.

export const NewDiskWizard = () => {
  const { host } = useSelection();
  return host && <Wizard host={host.id} folder={host.virtualHardDiskPath ?? ''} />;
};

interface PageProps {
  readonly form: NewDiskForm;
  readonly fault: string | null;
  readonly onChange: (form: NewDiskForm) => void;
}

const Wizard = ({ host, folder }: { host: Id<'host'>; folder: string }) => {
  // The folder of a host is not among the columns of lists: it comes a moment later.
  useWatch(host);
  const [form, setForm] = useState<NewDiskForm | null>(null);
  const now = form ?? emptyForm(host, folder);
  const { step } = usePlace();
  const move = useMove();
  const send = useSend();
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<NewNotice | null>(null);
  const at = Math.max(
    0,
    PAGES.findIndex(({ id }) => id === step),
  );
  const page: PageId = PAGES[at]?.id ?? 'begin';
  const fault = pageFault(page, now);
  useActivity(`in New Virtual Hard Disk, page ${at + 1} of ${PAGES.length}`);
  const turn = (to: number): void => {
    const isStopped = to > at && fault !== null;
    setTried(isStopped);
    if (!isStopped) move({ step: PAGES[to]?.id ?? null }, 'replace');
  };
  const finish = async (): Promise<void> => {
    const missing = firstFault(now);
    if (missing !== null) {
      setTried(true);
      return move({ step: missing.page }, 'replace');
    }
    setSending(true);
    const result = await send('disk.create', operationOf(now));
    setSending(false);
    if (result.ok) move({ dialog: null }, 'replace');
    else setRefused(refusalNotice('disk.create', result.fault));
  };
  const Body = BODIES[page];
  return (
    <WizardFrame
      title="New Virtual Hard Disk Wizard"
      ending="Completing the New Virtual Hard Disk Wizard"
      pages={PAGES}
      at={at}
      sending={sending}
      refused={refused}
      onTurn={turn}
      onFinish={() => void finish()}
      onClose={() => move({ dialog: null }, 'replace')}
    >
      <Body
        form={now}
        fault={tried ? fault : null}
        onChange={changed => {
          setTried(false);
          setRefused(null);
          setForm(changed);
        }}
      />
    </WizardFrame>
  );
};

const BeginPage = () => (
  <>
    <p>
      This wizard helps you create a new virtual hard disk. You can use this wizard to configure
      which virtual hard disk format and type to use.
    </p>
    <p>To continue, click Next.</p>
  </>
);

const FormatPage = ({ form, onChange }: PageProps) => (
  <>
    <p>What format do you want to use for the virtual hard disk?</p>
    <RadioGroup
      aria-label="Format"
      value={form.format}
      onChange={(_, { value }) => onChange(withFormat(form, value === 'VHD' ? 'VHD' : 'VHDX'))}
    >
      <Radio value="VHD" label="VHD – supports virtual hard disks up to 2,040 GB in size." />
      <Radio
        value="VHDX"
        label="VHDX – supports virtual disks up to 64 TB and is resilient to consistency issues that might occur from power failures. This format is not supported in operating systems earlier than Windows Server 2012."
      />
    </RadioGroup>
  </>
);

const TYPES = [
  [
    'Fixed',
    'Fixed size',
    'The virtual hard disk file that is created initially uses the size of the virtual hard disk and does not change when data is deleted or added.',
  ],
  [
    'Dynamic',
    'Dynamically expanding',
    'The virtual hard disk file that is created is small initially and changes as data is added.',
  ],
  [
    'Differencing',
    'Differencing',
    'This type of disk is associated in a parent-child relationship with another disk that you want to leave intact. You can make changes to the data or operating system without affecting the parent disk.',
  ],
] as const;

const TypePage = ({ form, onChange }: PageProps) => (
  <>
    <p>What type of virtual hard disk do you want to create?</p>
    <RadioGroup
      aria-label="Type"
      value={form.type}
      onChange={(_, { value }) => {
        const [type] = TYPES.find(([one]) => one === value) ?? [];
        if (type !== undefined) onChange({ ...form, type });
      }}
    >
      {TYPES.map(([type, label]) => (
        <Radio key={type} value={type} label={label} />
      ))}
    </RadioGroup>
    <p>{TYPES.find(([type]) => type === form.type)?.[2]}</p>
  </>
);

const NamePage = ({ form, fault, onChange }: PageProps) => (
  <>
    <p>Specify the name and location of the virtual hard disk file.</p>
    <Field label="Name" {...saying(fault)}>
      <Input
        value={form.name}
        onFocus={event => event.target.select()}
        onChange={(_, { value }) => onChange({ ...form, name: value })}
      />
    </Field>
    <Field label="Location">
      <Input
        value={form.folder}
        onChange={(_, { value }) => onChange({ ...form, folder: value })}
      />
    </Field>
  </>
);

const ConfigurePage = ({ form, fault, onChange }: PageProps) => {
  const parents = useDiskFiles(form.host).filter(({ path }) =>
    path.toLowerCase().endsWith(form.format.toLowerCase()),
  );
  if (form.type !== 'Differencing')
    return (
      <>
        <p>Create a blank virtual hard disk.</p>
        <Field
          label={`Size, in GB (maximum: ${form.format === 'VHD' ? '2,040 GB' : '64 TB'})`}
          {...saying(fault)}
        >
          <Input
            type="number"
            inputMode="numeric"
            style={{ width: 160 }}
            value={form.size}
            max={MOST[form.format]}
            onChange={(_, { value }) => onChange({ ...form, size: value })}
          />
        </Field>
      </>
    );
  return (
    <>
      <p>Specify the virtual hard disk that you want to use as the parent for the new one.</p>
      <Field label="Location" {...saying(fault)}>
        <Select
          value={form.parent}
          onChange={(_, { value }) => onChange({ ...form, parent: value })}
        >
          <option value="" />
          {parents.map(({ path }) => (
            <option key={path}>{path}</option>
          ))}
        </Select>
      </Field>
    </>
  );
};

const SummaryPage = ({ form }: PageProps) => {
  const host = useRecord(form.host);
  const missing = firstFault(form);
  const echo = useEcho();
  return (
    <>
      <p>
        {missing === null
          ? 'You have successfully completed the New Virtual Hard Disk Wizard. You are about to create the following virtual hard disk.'
          : `Not yet: ${missing.fault}`}
      </p>
      <dl className={css['summary']}>
        <dt>Format</dt>
        <dd>{form.format}</dd>
        <dt>Type</dt>
        <dd>{TYPES.find(([type]) => type === form.type)?.[1]}</dd>
        <dt>Name</dt>
        <dd>{form.name.trim()}</dd>
        <dt>Location</dt>
        <dd>{form.folder}</dd>
        <dt>Host</dt>
        <dd>{host?.name}</dd>
        <dt>{form.type === 'Differencing' ? 'Parent' : 'Size'}</dt>
        <dd>{form.type === 'Differencing' ? form.parent : `${form.size} GB`}</dd>
      </dl>
      <EchoLine
        line={
          missing === null
            ? echo('disk.create', { ...operationOf(form), path: pathOf(form) })
            : null
        }
      />
      <p>To create the virtual hard disk and close this wizard, click Finish.</p>
    </>
  );
};

const BODIES: Readonly<Record<PageId, (props: PageProps) => React.ReactNode>> = {
  begin: BeginPage,
  format: FormatPage,
  type: TypePage,
  name: NamePage,
  configure: ConfigurePage,
  summary: SummaryPage,
};

import { Checkbox, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { memoryText, roughSizeText } from '../../format/amount.ts';
import { useRecord, useRecords } from '../../state/lab-context.tsx';
import { NOT_IN_THIS_LAB } from '../../actions/vm-actions.ts';
import { LEAST_MEMORY, MOST_MEMORY, type NewVmForm } from './form.ts';
import css from './wizard.module.css';

export interface PageProps {
  readonly form: NewVmForm;
  /** What is wrong on this page, once somebody tried to leave it. */
  readonly fault: string | null;
  readonly onChange: (change: Partial<NewVmForm>) => void;
}

/** Only there when there is something to say: Fluent reserves room for an empty message. */
export const saying = (fault: string | null) =>
  fault === null ? {} : { validationMessage: fault };

// The sentences of the pages are those of the wizard of Server 2012, recalled and not checked against it.

export const BeginPage = () => (
  <>
    <p>
      This wizard helps you create a virtual machine. You can use virtual machines in place of
      physical computers for a variety of uses. You can use this wizard to configure the virtual
      machine now, and you can change the configuration later using Hyper-V Manager.
    </p>
    <p>To create a virtual machine, do one of the following:</p>
    <p>
      • Click Finish to create a virtual machine that is configured with default values.
      <br />• Click Next to create a virtual machine with a custom configuration.
    </p>
  </>
);

export const NamePage = ({ form, fault, onChange }: PageProps) => {
  const hosts = useRecords('host');
  return (
    <>
      <p>Choose a name and location for this virtual machine.</p>
      <p>
        The name is displayed in Hyper-V Manager. We recommend that you use a name that helps you
        easily identify this virtual machine, such as the name of the guest operating system or
        workload.
      </p>
      <Field label="Name" {...saying(fault)}>
        <Input
          value={form.name}
          onFocus={event => event.target.select()}
          onChange={(_, { value }) => onChange({ name: value })}
        />
      </Field>
      <Field label="Host">
        <Select
          value={form.host}
          onChange={(_, { value }) => {
            const host = hosts.find(({ id }) => id === value);
            // Switches, images and disks belong to a host.
            const nothing = { virtualSwitch: null, image: null, existing: null, iso: null };
            if (host) onChange({ host: host.id, ...nothing });
          }}
        >
          {hosts.map(({ id, name, state }) => (
            <option key={id} value={id} disabled={state !== 'Running'}>
              {name}
              {state === 'Running' ? '' : ` (${state ?? ''})`}
            </option>
          ))}
        </Select>
      </Field>
      <p>
        You can create a folder or use an existing folder to store the virtual machine. If you don't
        select a folder, the virtual machine is stored in the default folder configured for this
        server.
      </p>
      <Checkbox
        disabled
        label={`Store the virtual machine in a different location (${NOT_IN_THIS_LAB})`}
      />
      <Field label="Location">
        <Input
          disabled
          value={hosts.find(({ id }) => id === form.host)?.virtualMachinePath ?? ''}
        />
      </Field>
    </>
  );
};

export const MemoryPage = ({ form, fault, onChange }: PageProps) => {
  const host = useRecord(form.host);
  const free = (host?.memory ?? 0) - (host?.memoryReserve ?? 0) - (host?.memoryAssigned ?? 0);
  return (
    <>
      <p>
        Specify the amount of memory to allocate to this virtual machine. You can specify an amount
        from {LEAST_MEMORY} MB through {MOST_MEMORY} MB. To improve performance, specify more than
        the minimum amount recommended for the operating system.
      </p>
      <Field
        label="Startup memory, in MB"
        hint={`${host?.name ?? 'The host'} has ${memoryText(Math.max(0, free))} free of ${roughSizeText(host?.memory ?? 0)}.`}
        {...saying(fault)}
      >
        <Input
          type="number"
          inputMode="numeric"
          style={{ width: 160 }}
          value={form.memory}
          onChange={(_, { value }) => onChange({ memory: value })}
        />
      </Field>
      <Checkbox
        disabled
        label={`Use Dynamic Memory for this virtual machine (${NOT_IN_THIS_LAB})`}
      />
    </>
  );
};

export const NetworkingPage = ({ form, onChange }: PageProps) => {
  const switches = useRecords('virtual-switch').filter(({ host }) => host === form.host);
  return (
    <>
      <p>
        Each new virtual machine includes a network adapter. You can configure the network adapter
        to use a virtual switch, or it can remain disconnected.
      </p>
      <Field
        label="Connection"
        {...(switches.length === 0 ? { hint: 'This host has no virtual switch.' } : {})}
      >
        <Select
          value={form.virtualSwitch ?? ''}
          onChange={(_, { value }) =>
            onChange({ virtualSwitch: switches.find(({ id }) => id === value)?.id ?? null })
          }
        >
          <option value="">Not Connected</option>
          {switches.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {name} ({type})
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
};

export const InstallationPage = ({ form, onChange }: PageProps) => {
  const discs = useRecords('library-image').filter(
    ({ host, type }) => host === form.host && type === 'Iso',
  );
  if (form.disk === 'library' || form.disk === 'existing') {
    return <p>The disk that you chose brings its operating system along: nothing is installed.</p>;
  }
  return (
    <>
      <p>
        You can install an operating system now if you have access to the setup media, or you can
        install it later.
      </p>
      <RadioGroup
        value={form.iso === null ? 'later' : 'disc'}
        onChange={(_, { value }) =>
          onChange({ iso: value === 'disc' ? (discs[0]?.id ?? null) : null })
        }
      >
        <Radio value="later" label="Install an operating system later" />
        <Radio
          value="disc"
          label="Install an operating system from a boot CD/DVD-ROM"
          disabled={discs.length === 0}
        />
        <Radio
          value="floppy"
          label={`Install an operating system from a boot floppy disk (${NOT_IN_THIS_LAB})`}
          disabled
        />
        <Radio
          value="network"
          label={`Install an operating system from a network-based installation server (${NOT_IN_THIS_LAB})`}
          disabled
        />
      </RadioGroup>
      {form.iso !== null && (
        <div className={css['choice']}>
          <Field label="Image file (.iso)">
            <Select
              value={form.iso}
              onChange={(_, { value }) =>
                onChange({ iso: discs.find(({ id }) => id === value)?.id ?? null })
              }
            >
              {discs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      {discs.length === 0 && <p>The library of this host has no installation disc.</p>}
    </>
  );
};

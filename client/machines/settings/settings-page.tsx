import {
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Select,
} from '@fluentui/react-components';
import { fieldFault, frozen, type Key, type PageId } from './draft.ts';
import type { Subject } from './subject.ts';

interface Editor {
  readonly subject: Subject;
  readonly value: (key: Key) => string;
  readonly onEdit: (key: Key, mine: string) => void;
}

/** The page of one node; greyed with the sentence why, where the state forbids a change. */
export const SettingsPage = ({ page, ...editor }: Editor & { page: PageId }) => {
  const why = frozen(page, editor.subject.vm.state ?? 'Off');
  return (
    <>
      {why !== null && (
        <MessageBar layout="multiline">
          <MessageBarBody>{why}</MessageBarBody>
        </MessageBar>
      )}
      {BODIES[page]({ ...editor, locked: why !== null })}
    </>
  );
};

type Body = (props: Editor & { locked: boolean }) => React.ReactNode;

const NumberField = ({
  editor: { value, onEdit },
  name,
  label,
  locked,
  hint,
}: {
  editor: Editor;
  name: Key;
  label: string;
  locked: boolean;
  hint?: string;
}) => {
  const fault = fieldFault(name, value(name));
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(fault === null ? {} : { validationMessage: fault })}
    >
      <Input
        type="number"
        inputMode="numeric"
        style={{ width: 160 }}
        disabled={locked}
        value={value(name)}
        onChange={(_, data) => onEdit(name, data.value)}
      />
    </Field>
  );
};

const MemoryPage: Body = ({ locked, ...editor }) => (
  <>
    <p>You can configure options for assigning and managing memory for this virtual machine.</p>
    <NumberField editor={editor} name="memory" label="Startup RAM, in MB" locked={locked} />
  </>
);

const ProcessorPage: Body = ({ locked, ...editor }) => {
  const why = frozen('processor count', editor.subject.vm.state ?? 'Off');
  return (
    <>
      <p>
        You can modify the number of virtual processors based on the number of processors on the
        physical computer. You can also modify other resource control settings.
      </p>
      <NumberField
        editor={editor}
        name="count"
        label="Number of virtual processors"
        locked={locked || why !== null}
        {...(why === null ? {} : { hint: why })}
      />
      <NumberField
        editor={editor}
        name="reserve"
        label="Virtual machine reserve (percentage)"
        locked={locked}
      />
      <NumberField
        editor={editor}
        name="limit"
        label="Virtual machine limit (percentage)"
        locked={locked}
      />
      <NumberField editor={editor} name="weight" label="Relative weight" locked={locked} />
    </>
  );
};

const DvdPage: Body = ({ subject, value, onEdit, locked }) => (
  <>
    <p>Specify the media to use with your virtual CD/DVD drive.</p>
    <Field label="Image file">
      <Select
        disabled={locked}
        value={value('dvd')}
        onChange={(_, data) => onEdit('dvd', data.value)}
      >
        <option value="">None</option>
        {subject.discs.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  </>
);

const NetworkPage: Body = ({ subject, value, onEdit, locked }) => {
  if (subject.adapter === undefined) return <p>This virtual machine has no network adapter.</p>;
  return (
    <>
      <p>Specify the configuration of the network adapter or remove the network adapter.</p>
      <Field label="Virtual switch">
        <Select
          disabled={locked}
          value={value('switch')}
          onChange={(_, data) => onEdit('switch', data.value)}
        >
          <option value="">Not connected</option>
          {subject.switches.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {name} ({type})
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
};

const NamePage: Body = ({ value, onEdit }) => {
  const fault = fieldFault('name', value('name'));
  return (
    <Field label="Name" {...(fault === null ? {} : { validationMessage: fault })}>
      <Input value={value('name')} onChange={(_, data) => onEdit('name', data.value)} />
    </Field>
  );
};

/** As the real window has them, in its order; Get-VMIntegrationService has other names. */
const SERVICE_NAMES: ReadonlyMap<string, string> = new Map([
  ['ic-shutdown', 'Operating system shutdown'],
  ['ic-timesync', 'Time synchronization'],
  ['ic-kvp', 'Data Exchange'],
  ['ic-heartbeat', 'Heartbeat'],
  ['ic-vss', 'Backup (volume snapshot)'],
]);

const ORDER = [...SERVICE_NAMES.keys()];

const inOrder = (services: Subject['services']): Subject['services'] =>
  services.toSorted((a, b) => ORDER.indexOf(a.device ?? '') - ORDER.indexOf(b.device ?? ''));

const ServicesPage: Body = ({ subject, value, onEdit, locked }) => (
  <>
    <p>
      Select the services that you want Hyper-V to offer to this virtual machine. To use the
      services you select, you must install them in the guest operating system and they must be
      supported on the guest operating system.
    </p>
    <div role="group" aria-label="Services">
      {inOrder(subject.services).map(({ id, device, name }) => (
        <div key={id}>
          <Checkbox
            label={SERVICE_NAMES.get(device ?? '') ?? name ?? ''}
            disabled={locked}
            checked={value(`service:${id}`) === 'on'}
            onChange={(_, { checked }) => onEdit(`service:${id}`, checked === true ? 'on' : '')}
          />
        </div>
      ))}
    </div>
  </>
);

const BODIES: Readonly<Record<PageId, Body>> = {
  memory: MemoryPage,
  processor: ProcessorPage,
  dvd: DvdPage,
  network: NetworkPage,
  name: NamePage,
  services: ServicesPage,
};

import { Checkbox, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import type { Key } from '../draft.ts';
import { fieldFault } from '../rules.ts';
import { serviceName, servicesInOrder, START_ACTIONS, STOP_ACTIONS } from '../words.ts';
import {
  Box,
  type Editor,
  Frozen,
  GreyField,
  Lacks,
  NumberField,
  type Page,
  useFrozen,
} from './parts.tsx';

const saying = (fault: string | null) => (fault === null ? {} : { validationMessage: fault });

export const NamePage: Page = ({ value, onEdit }) => (
  <>
    <p>You can edit the name of this virtual machine and provide some notes about it.</p>
    <Field label="Name" {...saying(fieldFault('name', value('name')))}>
      <Input value={value('name')} onChange={(_, data) => onEdit('name', data.value)} />
    </Field>
    <Field label="Notes" {...saying(fieldFault('notes', value('notes')))}>
      <Textarea
        rows={6}
        resize="vertical"
        value={value('notes')}
        onChange={(_, data) => onEdit('notes', data.value)}
      />
    </Field>
  </>
);

export const ServicesPage: Page = ({ subject, value, onEdit }) => {
  const why = useFrozen(subject, 'services');
  return (
    <>
      <Frozen why={why} />
      <p>
        Select the services that you want Hyper-V to offer to this virtual machine. To use the
        services you select, you must install them in the guest operating system and they must be
        supported on the guest operating system.
      </p>
      <div role="group" aria-label="Services">
        {servicesInOrder(subject.services).map(service => {
          const key: Key = `service:${service.id}`;
          return (
            <div key={service.id}>
              <Checkbox
                label={serviceName(service)}
                disabled={why !== null}
                checked={value(key) === 'on'}
                onChange={(_, { checked }) => onEdit(key, checked === true ? 'on' : '')}
              />
            </div>
          );
        })}
      </div>
    </>
  );
};

export const SnapshotsPage: Page = ({ subject: { host } }) => (
  <>
    <p>Specify the folder in which to store the snapshot files of this virtual machine.</p>
    <GreyField label="Location" value={host?.virtualMachinePath ?? ''} />
    <Lacks>Snapshots are not simulated yet; their files would lie here.</Lacks>
  </>
);

export const PagingPage: Page = ({ subject: { host } }) => (
  <>
    <p>
      Specify the folder in which to store the Smart Paging file for this virtual machine, if one is
      needed.
    </p>
    <GreyField label="Location" value={host?.virtualMachinePath ?? ''} />
    <Lacks>
      Only a restart with Dynamic Memory needs such a file, and Dynamic Memory is not simulated yet.
    </Lacks>
  </>
);

export const StartPage: Page = editor => (
  <>
    <p>What do you want this virtual machine to do when the physical computer starts?</p>
    <Choices editor={editor} name="start-action" label="When it starts" choices={START_ACTIONS} />
    <Box title="Automatic start delay">
      <p>Specify a startup delay to reduce resource contention between virtual machines.</p>
      <NumberField
        editor={editor}
        name="start-delay"
        label="Startup delay"
        unit="seconds"
        locked={editor.value('start-action') === 'Nothing'}
      />
    </Box>
  </>
);

export const StopPage: Page = editor => {
  const why = useFrozen(editor.subject, 'stop');
  return (
    <>
      <Frozen why={why} />
      <p>What do you want this virtual machine to do when the physical computer shuts down?</p>
      <Choices
        editor={editor}
        name="stop-action"
        label="When it shuts down"
        choices={STOP_ACTIONS}
        locked={why !== null}
      />
      <p>
        Saving needs disk space for the memory of the virtual machine; shutting down needs a guest
        in which the integration services run.
      </p>
    </>
  );
};

const Choices = ({
  editor,
  name,
  label,
  choices,
  locked = false,
}: {
  editor: Editor;
  name: Key;
  label: string;
  choices: readonly (readonly [value: string, choice: string, line: string])[];
  locked?: boolean;
}) => (
  <RadioGroup
    aria-label={label}
    disabled={locked}
    value={editor.value(name)}
    onChange={(_, { value }) => editor.onEdit(name, value)}
  >
    {choices.map(([value, choice]) => (
      <Radio key={value} value={value} label={choice} />
    ))}
  </RadioGroup>
);

import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { AtOnce } from './at-once.tsx';
import css from '../settings.module.css';
import { BOOT_DEVICES } from '../words.ts';
import {
  Box,
  Frozen,
  GreyCheck,
  GreyField,
  GreyRadios,
  Lacks,
  NumberField,
  type Page,
  useFrozen,
} from './parts.tsx';

// The sentences of the pages are those of the Settings window of Server 2012, recalled and not checked
// against it. Those that begin with what a lab does are ours.

const DEVICES = [
  'SCSI Controller',
  'Network Adapter',
  'RemoteFX 3D Video Adapter',
  'Legacy Network Adapter',
  'Fibre Channel Adapter',
];

export const AddPage: Page = ({ subject }) => (
  <>
    <Frozen why={useFrozen(subject, 'scsi controller')} />
    <p>You can use this setting to add devices to your virtual machine.</p>
    <p>Select the devices you want to add and click the Add button.</p>
    <ul className={css['list']} aria-label="Devices">
      {DEVICES.map(name => (
        <li key={name}>{name}</li>
      ))}
    </ul>
    <AtOnce
      label="Add a SCSI Controller"
      op="vm.addScsiController"
      args={{ vm: subject.vm.id }}
      disabled={useFrozen(subject, 'scsi controller') !== null}
    />
    <Lacks>
      In a lab a virtual machine keeps the network adapters that it was created with; only SCSI
      controllers can be added.
    </Lacks>
  </>
);

export const BiosPage: Page = ({ subject, value, onEdit }) => {
  const why = useFrozen(subject, 'bios');
  const order = value('boot-order').split(',');
  const [wanted, setWanted] = useState<string | null>(null);
  const at = Math.max(0, order.indexOf(wanted ?? ''));
  const chosen = order[at] ?? '';
  const swap = (to: number): void => {
    const other = order[to];
    if (other === undefined) return;
    setWanted(chosen);
    onEdit('boot-order', order.with(to, chosen).with(at, other).join());
  };
  return (
    <>
      <Frozen why={why} />
      <Box title="Num Lock">
        <GreyCheck label="Num Lock" />
        <Lacks>Nobody types at the keyboard of a lab's guests, so that it stays off.</Lacks>
      </Box>
      <Box title="Startup order">
        <p>Select the order in which boot devices are checked to start the operating system.</p>
        <div className={css['order']}>
          <select
            size={4}
            aria-label="Startup order"
            disabled={why !== null}
            value={chosen}
            onChange={({ target }) => setWanted(target.value)}
          >
            {order.map(device => (
              <option key={device} value={device}>
                {BOOT_DEVICES.get(device) ?? device}
              </option>
            ))}
          </select>
          <Button disabled={why !== null || at <= 0} onClick={() => swap(at - 1)}>
            Move Up
          </Button>
          <Button disabled={why !== null || at >= order.length - 1} onClick={() => swap(at + 1)}>
            Move Down
          </Button>
        </div>
      </Box>
    </>
  );
};

export const MemoryPage: Page = editor => {
  const why = useFrozen(editor.subject, 'memory');
  return (
    <>
      <Frozen why={why} />
      <p>You can configure options for assigning and managing memory for this virtual machine.</p>
      <p>Specify the amount of memory that this virtual machine will be started with.</p>
      <NumberField
        editor={editor}
        name="memory"
        label="Startup RAM"
        unit="MB"
        locked={why !== null}
      />
      <Box title="Dynamic Memory">
        <p>
          You can manage the amount of memory assigned to this virtual machine dynamically within
          the specified range.
        </p>
        <Lacks>
          Dynamic Memory is not simulated yet: a virtual machine has its startup RAM for as long as
          it runs.
        </Lacks>
        <GreyCheck label="Enable Dynamic Memory" />
        <div className={css['pair']}>
          <GreyField label="Minimum RAM" value="" />
          <GreyField label="Maximum RAM" value="" />
          <GreyField label="Memory buffer" value="" />
          <GreyField label="Memory weight" value="" />
        </div>
      </Box>
    </>
  );
};

export const ProcessorPage: Page = editor => {
  const { subject, value } = editor;
  const why = useFrozen(subject, 'processor');
  const whyCount = useFrozen(subject, 'processor count');
  const ofHost = (percent: string): string => {
    const all = subject.host?.logicalProcessors ?? 0;
    const share = all === 0 ? 0 : (Number(percent) * Number(value('count'))) / all;
    return `Percent of total system resources: ${Number.isFinite(share) ? Math.round(share) : 0}`;
  };
  const locked = why !== null;
  return (
    <>
      <Frozen why={why} />
      <p>
        You can modify the number of virtual processors based on the number of processors on the
        physical computer. You can also modify other resource control settings.
      </p>
      <NumberField
        editor={editor}
        name="count"
        label="Number of virtual processors"
        locked={whyCount !== null}
        {...(whyCount === null || locked ? {} : { hint: whyCount })}
      />
      <Box title="Resource control">
        <p>You can use resource controls to balance resources among virtual machines.</p>
        <div className={css['pair']}>
          <NumberField
            editor={editor}
            name="reserve"
            label="Virtual machine reserve (percentage)"
            hint={ofHost(value('reserve'))}
            locked={locked}
          />
          <NumberField
            editor={editor}
            name="limit"
            label="Virtual machine limit (percentage)"
            hint={ofHost(value('limit'))}
            locked={locked}
          />
          <NumberField editor={editor} name="weight" label="Relative weight" locked={locked} />
        </div>
      </Box>
    </>
  );
};

export const CompatibilityPage: Page = () => (
  <>
    <p>
      You can limit the processor features that a virtual machine can use. This improves the virtual
      machine's compatibility with different processor versions.
    </p>
    <GreyCheck label="Migrate to a physical computer with a different processor version" />
    <Lacks>Moving a virtual machine to another computer is not simulated yet.</Lacks>
  </>
);

export const NumaPage: Page = ({ subject: { host } }) => {
  const nodes = host?.numaNodes ?? 1;
  return (
    <>
      <p>
        NUMA configuration is based on the number of processors and the amount of memory of the
        physical computer.
      </p>
      <GreyRadios
        label="NUMA topology"
        choices={['Use the topology of the physical computer', 'Use a topology of its own']}
        chosen="Use the topology of the physical computer"
      />
      <Lacks>
        {host?.name} has {nodes} NUMA {nodes === 1 ? 'node' : 'nodes'}. A topology that a virtual
        machine sees of its own is not simulated yet.
      </Lacks>
    </>
  );
};

import { Button, Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import css from '../settings.module.css';
import type { Subject } from '../subject.ts';
import {
  Box,
  Frozen,
  GreyCheck,
  GreyField,
  GreyRadios,
  Lacks,
  type Page,
  useFrozen,
} from './parts.tsx';

type Drive = Subject['drives'][number];

const KEPT =
  'In a lab a virtual machine keeps the drives that it was created with, where they are.';

const driveText = (drive: Drive, { disks }: Subject): string => {
  const path = drive.media ?? disks.find(({ id }) => id === drive.disk)?.path ?? 'empty';
  const type = drive.type === 'Dvd' ? 'DVD drive' : 'hard drive';
  return `Location ${drive.location ?? 0}: ${type}, ${path}`;
};

const OnController = ({
  subject,
  bus,
  number,
}: {
  subject: Subject;
  bus: 'IDE' | 'SCSI';
  number: number;
}) => {
  const drives = subject.drives.filter(
    ({ controller, controllerNumber }) => controller === bus && controllerNumber === number,
  );
  return (
    <ul className={css['list']} aria-label="Drives on this controller">
      {drives.length === 0 && <li>No drive is on this controller.</li>}
      {drives.map(drive => (
        <li key={drive.id}>{driveText(drive, subject)}</li>
      ))}
    </ul>
  );
};

export const IdePage: Page = ({ subject, node }) => (
  <>
    <p>You can add hard drives and CD/DVD drives to your IDE controller.</p>
    <p>Select the type of drive you want to attach to the controller and then click Add.</p>
    <OnController subject={subject} bus="IDE" number={node.number} />
    <GreyRadios label="Type of drive" choices={['Hard Drive', 'DVD Drive']} chosen="Hard Drive" />
    <div>
      <Button disabled>Add</Button>
    </div>
    <Lacks>{KEPT}</Lacks>
  </>
);

export const ScsiPage: Page = ({ subject, node }) => (
  <>
    <p>
      You can add hard drives to your SCSI controller or remove the SCSI controller from the virtual
      machine.
    </p>
    <p>Click on the Add button to add a new hard drive to this controller.</p>
    <OnController subject={subject} bus="SCSI" number={node.number} />
    <div className={css['order']}>
      <Button disabled>Add</Button>
      <Button disabled>Remove</Button>
    </div>
    <Lacks>{KEPT} A SCSI controller needs a driver of its guest, so nothing boots from it.</Lacks>
  </>
);

const Place = ({ drive }: { drive: Drive | undefined }) => (
  <div className={css['pair']}>
    <GreyField
      label="Controller"
      value={
        drive?.controller === 'SCSI'
          ? 'SCSI Controller'
          : `IDE Controller ${drive?.controllerNumber ?? 0}`
      }
    />
    <GreyField label="Location" value={`${drive?.location ?? 0} (in use)`} />
  </div>
);

export const DiskPage: Page = ({ subject, node }) => {
  const drive = subject.drives.find(({ id }) => id === node.of);
  const disk = subject.disks.find(({ id }) => id === drive?.disk);
  return (
    <>
      <p>
        You can change how this virtual hard disk is attached to the virtual machine. If an
        operating system is installed on this disk, changing the attachment might prevent the
        virtual machine from starting.
      </p>
      <Place drive={drive} />
      <Lacks>{KEPT} What the file is, is shown in PowerShell: Get-VHD.</Lacks>
      <Box title="Media">
        <p>
          You can compact, convert, expand, merge, reconnect or shrink a virtual hard disk by
          editing the associated file. Specify the full path to the file.
        </p>
        <GreyRadios
          label="Media"
          choices={['Virtual hard disk', 'Physical hard disk']}
          chosen="Virtual hard disk"
        />
        <GreyField label="File" value={disk?.path ?? ''} />
        <div className={css['order']}>
          {['New', 'Edit', 'Inspect', 'Browse…', 'Remove'].map(name => (
            <Button key={name} disabled size="small">
              {name}
            </Button>
          ))}
        </div>
      </Box>
    </>
  );
};

export const DvdPage: Page = ({ subject, value, onEdit, node }) => {
  const why = useFrozen(subject, 'dvd');
  const drive = subject.drives.find(({ id }) => id === node.of);
  const disc = value('dvd');
  const [first] = subject.discs;
  return (
    <>
      <Frozen why={why} />
      <p>Select the controller and the location on the controller to attach the CD/DVD drive.</p>
      <Place drive={drive} />
      <Box title="Media">
        <p>Specify the media to use with your virtual CD/DVD drive.</p>
        <RadioGroup
          aria-label="Media"
          disabled={why !== null}
          value={disc === '' ? 'none' : 'image'}
          onChange={(_, data) => onEdit('dvd', data.value === 'none' ? '' : (first?.id ?? ''))}
        >
          <Radio value="none" label="None" />
          <Radio value="image" label="Image file" disabled={first === undefined} />
          <Radio value="physical" label="Physical CD/DVD drive (hosts here have none)" disabled />
        </RadioGroup>
        <Field label="Image file (.iso)">
          <Select
            disabled={why !== null || disc === ''}
            value={disc}
            onChange={(_, data) => onEdit('dvd', data.value)}
          >
            {disc === '' && <option value="" />}
            {subject.discs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </Box>
    </>
  );
};

export const ComPage: Page = ({ node }) => (
  <>
    <p>
      You can configure the virtual COM port to communicate with the physical computer through a
      named pipe.
    </p>
    <Box title="Attachment">
      <p>Specify how you want to attach the virtual {node.title} port.</p>
      <GreyRadios label="Attachment" choices={['None', 'Named pipe']} chosen="None" />
      <GreyField label="Pipe name" value="" />
      <GreyCheck label="Remote computer" />
    </Box>
    <Lacks>The port is there, but no program of a lab could be at the other end of its pipe.</Lacks>
  </>
);

export const DiskettePage: Page = () => (
  <>
    <p>Specify a virtual floppy disk file to use with this virtual machine.</p>
    <GreyRadios label="Media" choices={['None', 'Virtual floppy disk (.vfd) file']} chosen="None" />
    <GreyField label="File" value="" />
    <Lacks>
      The drive is there, and the BIOS asks it when its turn comes, but a lab has no floppy disks.
    </Lacks>
  </>
);

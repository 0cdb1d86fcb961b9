import { Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import css from '../settings.module.css';
import type { Subject } from '../subject.ts';
import { AtOnce } from './at-once.tsx';
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

const AT_ONCE = 'In a lab drives and controllers come and go at once, before OK.';

const driveText = (drive: Drive, { disks }: Subject): string => {
  const path = drive.media ?? disks.find(({ id }) => id === drive.disk)?.path ?? 'empty';
  const type = drive.type === 'Dvd' ? 'DVD drive' : 'hard drive';
  return `Location ${drive.location ?? 0}: ${type}, ${path}`;
};

const onController = (subject: Subject, bus: 'IDE' | 'SCSI', number: number): readonly Drive[] =>
  subject.drives.filter(
    ({ controller, controllerNumber }) => controller === bus && controllerNumber === number,
  );

const OnController = ({ subject, drives }: { subject: Subject; drives: readonly Drive[] }) => (
  <ul className={css['list']} aria-label="Drives on this controller">
    {drives.length === 0 && <li>No drive is on this controller.</li>}
    {drives.map(drive => (
      <li key={drive.id}>{driveText(drive, subject)}</li>
    ))}
  </ul>
);

export const IdePage: Page = ({ subject, node }) => {
  const why = useFrozen(subject, 'drive');
  const [type, setType] = useState<'HardDisk' | 'Dvd'>('HardDisk');
  const onIt = onController(subject, 'IDE', node.number);
  return (
    <>
      <Frozen why={why} />
      <p>You can add hard drives and CD/DVD drives to your IDE controller.</p>
      <p>Select the type of drive you want to attach to the controller and then click Add.</p>
      <OnController subject={subject} drives={onIt} />
      <RadioGroup
        aria-label="Type of drive"
        disabled={why !== null}
        value={type}
        onChange={(_, { value }) => setType(value === 'Dvd' ? 'Dvd' : 'HardDisk')}
      >
        <Radio value="HardDisk" label="Hard Drive" />
        <Radio value="Dvd" label="DVD Drive" />
      </RadioGroup>
      <AtOnce
        label="Add"
        op="vm.addDrive"
        args={
          onIt.length >= 2
            ? null
            : { vm: subject.vm.id, type, controller: 'IDE', number: node.number }
        }
        disabled={why !== null}
      />
      <Lacks>{AT_ONCE}</Lacks>
    </>
  );
};

export const ScsiPage: Page = ({ subject, node }) => {
  const why = useFrozen(subject, 'scsi disk');
  const whole = useFrozen(subject, 'scsi controller');
  const onIt = onController(subject, 'SCSI', node.number);
  const { id: vm } = subject.vm;
  return (
    <>
      <Frozen why={why} />
      <p>
        You can add hard drives to your SCSI controller or remove the SCSI controller from the
        virtual machine.
      </p>
      <p>Click on the Add button to add a new hard drive to this controller.</p>
      <OnController subject={subject} drives={onIt} />
      <AtOnce
        label="Add"
        op="vm.addDrive"
        args={{ vm, type: 'HardDisk', controller: 'SCSI', number: node.number }}
        disabled={why !== null}
      />
      <Box title="Remove">
        <p>
          To remove the SCSI controller from this virtual machine, click Remove. All virtual hard
          disks attached to this controller will be removed but not deleted.
        </p>
        <AtOnce
          label="Remove"
          op="vm.removeScsiController"
          args={{ vm, number: node.number }}
          disabled={whole !== null}
        />
      </Box>
      <Lacks>
        {AT_ONCE} A SCSI controller needs a driver of its guest, so nothing boots from it.
      </Lacks>
    </>
  );
};

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

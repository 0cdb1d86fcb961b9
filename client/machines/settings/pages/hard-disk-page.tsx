import { Button, Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { useDiskFiles } from '../../../disks/disk-files.ts';
import { useMove } from '../../../state/place.tsx';
import css from '../settings.module.css';
import type { Subject } from '../subject.ts';
import { AtOnce } from './at-once.tsx';
import { Box, Frozen, Lacks, type Page, useFrozen } from './parts.tsx';

type Drive = Subject['drives'][number];

/** The page of one hard drive: where it is, and which file is in it. */
export const HardDiskPage: Page = ({ subject, node }) => {
  const drive = subject.drives.find(({ id }) => id === node.of);
  const why = useFrozen(subject, drive?.controller === 'SCSI' ? 'scsi disk' : 'drive');
  if (drive === undefined) return <p>This drive is not there any more.</p>;
  return (
    <>
      <Frozen why={why} />
      <p>
        You can change how this virtual hard disk is attached to the virtual machine. If an
        operating system is installed on this disk, changing the attachment might prevent the
        virtual machine from starting.
      </p>
      <PlaceFields subject={subject} drive={drive} frozen={why !== null} />
      {drive.type === 'HardDisk' && (
        <MediaBox subject={subject} drive={drive} frozen={why !== null} />
      )}
      <Box title="Remove">
        <p>
          To remove the drive from this virtual machine, click Remove. This disconnects the disk but
          does not delete the associated file.
        </p>
        <RemoveDrive subject={subject} drive={drive} frozen={why !== null} />
      </Box>
      <Lacks>In a lab a drive is moved, filled and removed at once, before OK.</Lacks>
    </>
  );
};

interface OfDrive {
  readonly subject: Subject;
  readonly drive: Drive;
  readonly frozen: boolean;
}

const RemoveDrive = ({ subject: { vm }, drive, frozen }: OfDrive) => {
  const move = useMove();
  const bus = `${(drive.controller ?? 'IDE').toLowerCase()}-${drive.controllerNumber ?? 0}`;
  return (
    <AtOnce
      label="Remove"
      op="vm.removeDrive"
      args={{ vm: vm.id, drive: drive.id }}
      disabled={frozen}
      onDone={() => move({ step: bus }, 'replace')}
    />
  );
};

const LOCATIONS = { IDE: 2, SCSI: 64 } as const;

const controllersOf = (
  { vm }: Subject,
  type: Drive['type'],
): readonly (readonly [string, string])[] => [
  ['IDE 0', 'IDE Controller 0'],
  ['IDE 1', 'IDE Controller 1'],
  ...(type === 'Dvd'
    ? []
    : Array.from(
        { length: vm.scsiControllers ?? 1 },
        (_, number) => [`SCSI ${number}`, `SCSI Controller ${number}`] as const,
      )),
];

const PlaceFields = ({ subject, drive, frozen }: OfDrive) => {
  const now = `${drive.controller ?? 'IDE'} ${drive.controllerNumber ?? 0}`;
  const [at, setAt] = useState({ bus: now, location: drive.location ?? 0 });
  const move = useMove();
  const [name = 'IDE', number = '0'] = at.bus.split(' ');
  const controller = name === 'SCSI' ? 'SCSI' : 'IDE';
  const taken = (location: number): boolean =>
    subject.drives.some(
      one =>
        one.id !== drive.id &&
        `${one.controller ?? ''} ${one.controllerNumber ?? 0}` === at.bus &&
        one.location === location,
    );
  const isMoved = at.bus !== now || at.location !== (drive.location ?? 0);
  const to = { controller, number: Number(number), location: at.location } as const;
  return (
    <>
      <div className={css['pair']}>
        <Field label="Controller">
          <Select
            disabled={frozen}
            value={at.bus}
            onChange={(_, { value }) => setAt({ bus: value, location: 0 })}
          >
            {controllersOf(subject, drive.type).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Location">
          <Select
            disabled={frozen}
            value={String(at.location)}
            onChange={(_, { value }) => setAt({ ...at, location: Number(value) })}
          >
            {Array.from({ length: LOCATIONS[controller] }, (_, location) => (
              <option key={location} value={location} disabled={taken(location)}>
                {location}
                {taken(location) ? ' (in use)' : ''}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {isMoved && (
        <AtOnce
          label="Move"
          op="vm.setDrive"
          args={{ vm: subject.vm.id, drive: drive.id, to }}
          disabled={frozen || taken(at.location)}
          onDone={() =>
            move({ step: `disk-${controller.toLowerCase()}-${number}-${at.location}` }, 'replace')
          }
        />
      )}
    </>
  );
};

const MediaBox = ({ subject, drive, frozen }: OfDrive) => {
  const files = useDiskFiles(subject.vm.host ?? '');
  const move = useMove();
  const own = files.find(({ disk }) => disk !== null && disk.id === drive.disk)?.path;
  const [chosen, setChosen] = useState<string | null>(null);
  const path = chosen ?? own ?? '';
  const free = files.filter(
    ({ disk }) => disk === null || disk.id === drive.disk || (disk.vm ?? null) === null,
  );
  const open = (dialog: 'new-disk' | 'edit-disk' | 'inspect-disk', step: string | null): void => {
    move({ dialog });
    if (step !== null) move({ dialog, step }, 'replace');
  };
  return (
    <Box title="Media">
      <p>
        You can compact, convert, expand, merge, reconnect or shrink a virtual hard disk by editing
        the associated file. Specify the full path to the file.
      </p>
      <RadioGroup aria-label="Media" value="virtual">
        <Radio value="virtual" label="Virtual hard disk" />
        <Radio
          value="physical"
          label="Physical hard disk (hosts here have none to spare)"
          disabled
        />
      </RadioGroup>
      {own === undefined && (drive.media ?? null) !== null && (
        <p role="alert">The file {drive.media} is not there.</p>
      )}
      <Field label="File">
        <Select disabled={frozen} value={path} onChange={(_, { value }) => setChosen(value)}>
          <option value="" />
          {free.map(file => (
            <option key={file.path}>{file.path}</option>
          ))}
        </Select>
      </Field>
      {chosen !== null && chosen !== (own ?? '') && (
        <AtOnce
          label="Attach"
          op="vm.setDrive"
          args={{ vm: subject.vm.id, drive: drive.id, path: chosen === '' ? null : chosen }}
          disabled={frozen}
          onDone={() => setChosen(null)}
        />
      )}
      <div className={css['order']}>
        <Button size="small" onClick={() => open('new-disk', null)}>
          New
        </Button>
        <Button size="small" onClick={() => open('edit-disk', null)}>
          Edit
        </Button>
        <Button
          size="small"
          disabled={own === undefined}
          onClick={() => open('inspect-disk', own ?? null)}
        >
          Inspect
        </Button>
      </div>
    </Box>
  );
};

import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { fileSizeText } from '../../format/amount.ts';
import { useRecord, useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import type { DiskChoice, NewVmForm } from './form.ts';
import { type PageProps, saying } from './pages.tsx';
import css from './wizard.module.css';

const CHOICES: readonly (readonly [DiskChoice, label: string, about: string])[] = [
  [
    'library',
    'Copy a prepared image of this host',
    'Use this option to start from a disk on which an operating system is installed already. No real wizard has it.',
  ],
  [
    'empty',
    'Create a virtual hard disk',
    'Use this option to create a dynamically expanding virtual hard disk with the default format (VHDX).',
  ],
  [
    'existing',
    'Use an existing virtual hard disk',
    'Use this option to attach an existing virtual hard disk, either VHD or VHDX format.',
  ],
  [
    'none',
    'Attach a virtual hard disk later',
    'Use this option to skip this step now and attach an existing virtual hard disk later.',
  ],
];

const isChoice = (text: string): text is DiskChoice => CHOICES.some(([choice]) => choice === text);

/** The three choices of the real page, and one of ours: a copy of a sysprepped image. */
export const DiskPage = ({ form, fault, onChange }: PageProps) => {
  const { images, disks } = useDisks(form);
  const none: Partial<Record<DiskChoice, boolean>> = {
    library: images.length === 0,
    existing: disks.length === 0,
  };
  return (
    <>
      <p>
        A virtual machine requires storage so that you can install an operating system. You can
        specify the storage now or configure it later by modifying the virtual machine's properties.
      </p>
      <RadioGroup
        value={form.disk}
        onChange={(_, { value }) => {
          if (!isChoice(value)) return;
          onChange({
            disk: value,
            image: form.image ?? images[0]?.id ?? null,
            existing: form.existing ?? disks[0]?.id ?? null,
          });
        }}
      >
        {CHOICES.map(([choice, label]) => (
          <Radio key={choice} value={choice} label={label} disabled={none[choice] ?? false} />
        ))}
      </RadioGroup>
      <div className={css['choice']}>
        <p>{CHOICES.find(([choice]) => choice === form.disk)?.[2]}</p>
        {form.disk === 'library' && (
          <ImageField form={form} fault={fault} onChange={onChange} images={images} />
        )}
        {form.disk === 'empty' && <SizeField form={form} fault={fault} onChange={onChange} />}
        {form.disk === 'existing' && (
          <ExistingField form={form} fault={fault} onChange={onChange} disks={disks} />
        )}
      </div>
    </>
  );
};

const ImageField = ({
  form,
  fault,
  onChange,
  images,
}: PageProps & { images: readonly Seen<'library-image'>[] }) => (
  <Field label="Image" {...saying(fault)}>
    <Select
      value={form.image ?? ''}
      onChange={(_, { value }) =>
        onChange({ image: images.find(({ id }) => id === value)?.id ?? null })
      }
    >
      {images.map(({ id, name, osName }) => (
        <option key={id} value={id}>
          {name === osName ? name : `${name ?? ''} (${osName ?? ''})`}
        </option>
      ))}
    </Select>
  </Field>
);

const SizeField = ({ form, fault, onChange }: PageProps) => {
  const folder = useRecord(form.host)?.virtualHardDiskPath ?? '';
  return (
    <>
      <dl className={css['summary']}>
        <dt>Name</dt>
        <dd>{form.name.trim()}.vhdx</dd>
        <dt>Location</dt>
        <dd>{folder}</dd>
      </dl>
      <Field label="Size, in GB (maximum: 64 TB)" {...saying(fault)}>
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
};

const ExistingField = ({
  form,
  fault,
  onChange,
  disks,
}: PageProps & { disks: readonly Seen<'virtual-disk'>[] }) => (
  <Field label="Location" {...saying(fault)}>
    <Select
      value={form.existing ?? ''}
      onChange={(_, { value }) =>
        onChange({ existing: disks.find(({ id }) => id === value)?.id ?? null })
      }
    >
      {disks.map(({ id, path, fileSize }) => (
        <option key={id} value={id}>
          {path} ({fileSizeText(fileSize ?? 0)})
        </option>
      ))}
    </Select>
  </Field>
);

/** The largest image first: it is the newest system, and the smallest has none worth the name. */
const useDisks = ({ host: on }: NewVmForm) => {
  const images = useRecords('library-image')
    .filter(({ host, type }) => host === on && type === 'Vhdx')
    .toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0));
  const disks = useRecords('virtual-disk').filter(({ host, inUse }) => host === on && !inUse);
  return { images, disks };
};

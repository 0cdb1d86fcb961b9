import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Select,
} from '@fluentui/react-components';
import { EchoLine } from '../echo/echo-line.tsx';
import { quoted } from '../../server/powershell/echo/quote.ts';
import { countText, fileSizeText } from '../format/amount.ts';
import { useRecord, useRecords, useWatch } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { useActivity } from '../state/presence.tsx';
import { chainOf, type DiskFile, useDiskFiles } from './disk-files.ts';
import css from './disks.module.css';
import { DiskPairs } from './disk-pairs.tsx';

/** Inspect Disk: the properties of a file, of what it is based on, and which of its blocks are there. */
export const InspectDiskDialog = () => {
  const { host } = useSelection();
  const { step } = usePlace();
  return host && <Inspect host={host} path={step} />;
};

const Inspect = ({ host, path }: { host: Seen<'host'>; path: string | null }) => {
  useWatch(host.id);
  const files = useDiskFiles(host.id);
  const file = files.find(one => one.path === path);
  const move = useMove();
  useActivity(path === null ? 'choosing a disk to inspect' : `inspecting ${path}`);
  const close = (): void => move({ dialog: null }, 'replace');
  const choose = (to: string): void => move({ step: to === '' ? null : to }, 'replace');
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface style={{ maxWidth: 640 }}>
        <DialogBody>
          <DialogTitle>Virtual Hard Disk Properties</DialogTitle>
          <DialogContent className={css['inspect'] ?? ''}>
            <Field label={`Virtual hard disk files of ${host.name ?? ''}`}>
              <Select value={file?.path ?? ''} onChange={(_, { value }) => choose(value)}>
                <option value="" />
                {files.map(one => (
                  <option key={one.path}>{one.path}</option>
                ))}
              </Select>
            </Field>
            {file === undefined ? (
              <p>Choose a file. Hyper-V Manager would ask for it by Open.</p>
            ) : (
              <Properties file={file} onChoose={choose} />
            )}
            <EchoLine
              line={
                file === undefined
                  ? null
                  : `Get-VHD -Path ${quoted(file.path)} -ComputerName ${quoted(host.name ?? '')}`
              }
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
};

const Properties = ({ file, onChoose }: { file: DiskFile; onChoose: (path: string) => void }) => {
  const { disk } = file;
  const vm = useRecord(disk?.vm ?? null);
  return (
    <>
      <DiskPairs file={file} />
      {disk && <Blocks disk={disk} />}
      {disk?.type === 'Differencing' && <Parents disk={disk} onChoose={onChoose} />}
      <p>
        {vm ? `Attached to ${vm.name ?? 'a virtual machine'}` : 'Attached to no virtual machine'}
        {disk?.inUse === true ? ', which has it open.' : '.'}
      </p>
    </>
  );
};

/** What it is based on, nearest first; a chain that is broken ends with what is missing. */
const Parents = ({
  disk,
  onChoose,
}: {
  disk: Seen<'virtual-disk'>;
  onChoose: (path: string) => void;
}) => {
  const disks = useRecords('virtual-disk');
  const [, ...parents] = chainOf(disk, disks);
  const last = parents.at(-1) ?? disk;
  return (
    <div role="group" aria-label="Parents">
      <h3>Parent</h3>
      {parents.map(({ id, path = '' }) => (
        <p key={id} className={css['parent']}>
          <span>{path}</span>
          <Button size="small" onClick={() => onChoose(path)}>
            Inspect Parent
          </Button>
        </p>
      ))}
      {last.parent !== null && (
        <p role="alert">
          The chain of virtual hard disks is broken. The system cannot locate the parent virtual
          hard disk for the differencing disk.
        </p>
      )}
    </div>
  );
};

const MIB = 1024 ** 2;

/** A strip from the first to the last byte of the disk; what is coloured is in the file. */
const Blocks = ({ disk }: { disk: Seen<'virtual-disk'> }) => {
  const { blocks = [], unused = [], maximumSize = 0, format } = disk;
  const size = disk.blockSize || (format === 'VHDX' ? 32 * MIB : 2 * MIB);
  const all = Math.max(1, Math.ceil(maximumSize / size));
  const count = (runs: typeof blocks): number => runs.reduce((sum, [, length]) => sum + length, 0);
  const title = `${countText(count(blocks))} of ${countText(all)} blocks of ${fileSizeText(size)} ${disk.type === 'Fixed' ? 'hold data' : 'are in the file'}`;
  const more = count(unused) > 0 ? `, ${countText(count(unused))} of them unused` : '';
  return (
    <figure className={css['blocks']}>
      <svg viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label={title + more}>
        {[[blocks, css['there']] as const, [unused, css['unused']] as const].flatMap(
          ([runs, name]) =>
            runs.map(([first, length]) => (
              <rect
                key={`${name ?? ''} ${first}`}
                className={name}
                x={(1000 * first) / all}
                width={Math.max(1.5, (1000 * length) / all)}
                y={0}
                height={24}
              />
            )),
        )}
      </svg>
      <figcaption>
        {title}
        {more}.
      </figcaption>
    </figure>
  );
};

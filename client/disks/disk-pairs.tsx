import { countText, fileSizeText } from '../format/amount.ts';
import css from '../machines/new-vm/wizard.module.css';
import type { DiskFile } from './disk-files.ts';

const TYPES = {
  Fixed: 'Fixed size virtual hard disk',
  Dynamic: 'Dynamically expanding virtual hard disk',
  Differencing: 'Differencing virtual hard disk',
} as const;

/** What Inspect Disk shows of a file, in its order. */
export const DiskPairs = ({ file: { path, disk, image } }: { file: DiskFile }) => {
  const at = path.lastIndexOf('\\');
  return (
    <dl className={css['summary']}>
      <dt>Format</dt>
      <dd>{disk?.format ?? 'VHDX'}</dd>
      <dt>Type</dt>
      <dd>{TYPES[disk?.type ?? 'Dynamic']}</dd>
      <dt>Location</dt>
      <dd>{path.slice(0, at)}</dd>
      <dt>File Name</dt>
      <dd>{path.slice(at + 1)}</dd>
      <dt>Current Disk Size</dt>
      <dd>{fileSizeText(disk?.fileSize ?? image?.size ?? 0)}</dd>
      <dt>Maximum Disk Size</dt>
      <dd>{fileSizeText(disk?.maximumSize ?? image?.maximumSize ?? 0)}</dd>
      {disk && (
        <>
          <dt>Block Size</dt>
          <dd>{disk.blockSize === 0 ? 'Not in blocks' : fileSizeText(disk.blockSize ?? 0)}</dd>
          <dt>Sectors</dt>
          <dd>
            {countText(disk.logicalSectorSize ?? 512)} bytes logical,{' '}
            {countText(disk.physicalSectorSize ?? 512)} bytes physical
          </dd>
        </>
      )}
    </dl>
  );
};

import { EchoLine } from '../../echo/echo-line.tsx';
import { useEcho } from '../../echo/use-echo.ts';
import { useRecord } from '../../state/lab-context.tsx';
import { firstFault, type NewVmForm, operationOf } from './form.ts';
import type { PageProps } from './pages.tsx';
import css from './wizard.module.css';

export const SummaryPage = ({ form }: PageProps) => {
  const host = useRecord(form.host);
  const virtualSwitch = useRecord(form.virtualSwitch);
  const iso = useRecord(form.disk === 'empty' || form.disk === 'none' ? form.iso : null);
  const disk = useDiskText(form);
  const missing = firstFault(form);
  const echo = useEcho();
  return (
    <>
      <p>
        {missing === null
          ? 'You have successfully completed the New Virtual Machine Wizard. You are about to create the following virtual machine.'
          : `Not yet: ${missing.fault}`}
      </p>
      <dl className={css['summary']}>
        <dt>Name</dt>
        <dd>{form.name.trim()}</dd>
        <dt>Host</dt>
        <dd>{host?.name}</dd>
        <dt>Memory</dt>
        <dd>{form.memory} MB</dd>
        <dt>Network</dt>
        <dd>{virtualSwitch?.name ?? 'Not Connected'}</dd>
        <dt>Hard Disk</dt>
        <dd>{disk}</dd>
        <dt>Operating System</dt>
        <dd>
          {iso === undefined
            ? form.disk === 'library' || form.disk === 'existing'
              ? 'Comes with the disk'
              : 'Will be installed at a later time'
            : `Will be installed from ${iso.name ?? ''}`}
        </dd>
      </dl>
      <EchoLine line={missing === null ? echo('vm.create', operationOf(form)) : null} />
      <p>To create the virtual machine and close the wizard, click Finish.</p>
    </>
  );
};

const useDiskText = ({ disk, image, size, existing, name }: NewVmForm): string => {
  const copied = useRecord(image);
  const used = useRecord(existing);
  switch (disk) {
    case 'library':
      return `A copy of ${copied?.name ?? 'the image'}`;
    case 'empty':
      return `${name.trim()}.vhdx, dynamically expanding, ${size} GB`;
    case 'existing':
      return used?.path ?? '';
    case 'none':
      return 'None';
  }
};

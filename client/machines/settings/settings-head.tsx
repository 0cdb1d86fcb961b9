import { Button, Select, Tooltip } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useMemo } from 'react';
import { useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { useMove } from '../../state/place.tsx';
import css from './settings.module.css';

interface SettingsHeadProps {
  readonly vm: Seen<'vm'>;
  /** Something is changed: it belongs to this machine. */
  readonly locked: boolean;
}

/** Whose settings these are, and the way to the next machine of the host, on the same page. */
export const SettingsHead = (props: SettingsHeadProps) => (
  <div className={css['title']}>
    <h1>Settings for {props.vm.name}</h1>
    <OtherMachines {...props} />
  </div>
);

const OtherMachines = ({ vm, locked }: SettingsHeadProps) => {
  const all = useRecords('vm');
  const move = useMove();
  const machines = useMemo(
    () =>
      all
        .filter(({ host }) => host === vm.host)
        .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true })),
    [all, vm.host],
  );
  const at = machines.findIndex(({ id }) => id === vm.id);
  const go = (to: string | undefined): void => {
    if (to !== undefined) move({ on: to }, 'replace');
  };
  const why = locked ? ': apply or cancel what is changed first' : '';
  return (
    <div className={css['others']}>
      <Select
        size="small"
        aria-label={`Virtual machine${why}`}
        value={vm.id}
        disabled={locked}
        onChange={(_, { value }) => go(value)}
      >
        {machines.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Tooltip content={`Previous virtual machine${why}`} relationship="label">
        <Button
          appearance="subtle"
          size="small"
          icon={<ChevronLeftRegular />}
          disabledFocusable={locked || at <= 0}
          onClick={() => go(machines[at - 1]?.id)}
        />
      </Tooltip>
      <Tooltip content={`Next virtual machine${why}`} relationship="label">
        <Button
          appearance="subtle"
          size="small"
          icon={<ChevronRightRegular />}
          disabledFocusable={locked || at >= machines.length - 1}
          onClick={() => go(machines[at + 1]?.id)}
        />
      </Tooltip>
    </div>
  );
};

import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useConfirm } from '../../actions/confirm.tsx';
import { useEcho } from '../../echo/use-echo.ts';
import { consoleMoment } from '../../format/lab-time.ts';
import { useSubmit } from '../../state/command.ts';
import { useLabTime, useRecord, useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import css from './snapshots.module.css';
import { treeOf } from './tree.ts';

/** Hyper-V Manager's pane between the list and the details: the snapshots of the chosen machine. */
export const SnapshotsPane = ({ vm }: { vm: Seen<'vm'> }) => {
  const snapshots = useRecords('vm-snapshot').filter(one => one.vm === vm.id);
  const start = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const [chosen, setChosen] = useState<string | null>(null);
  const current = snapshots.find(one => one.current === true);
  const snapshot = snapshots.find(({ id }) => id === chosen);
  const act = useSnapshotActions(vm);
  return (
    <section className={css['pane']} aria-label={`Snapshots of ${vm.name ?? ''}`}>
      <header className={css['head']}>
        <h2>Snapshots</h2>
        <TakeButton vm={vm} start={start} />
        <Button
          size="small"
          disabled={current === undefined || !can(vm, CAN_APPLY)}
          onClick={() => current && void act.apply(current, true)}
        >
          Revert…
        </Button>
        {snapshot && <Actions key={snapshot.id} snapshot={snapshot} vm={vm} act={act} />}
      </header>
      {snapshots.length === 0 ? (
        <p className={css['none']}>The selected virtual machine has no snapshots.</p>
      ) : (
        <ul className={css['tree']}>
          {treeOf(snapshots).map(({ snapshot: one, depth }) => (
            <li key={one?.id ?? 'now'} style={{ paddingInlineStart: 12 + depth * 20 }}>
              {one === null ? (
                <span className={css['now']}>Now</span>
              ) : (
                <button
                  type="button"
                  className={css['snapshot']}
                  aria-pressed={one.id === chosen}
                  onClick={() => setChosen(one.id === chosen ? null : one.id)}
                >
                  {one.name}
                  <small>
                    {consoleMoment(start, one.createdAt ?? 0)}
                    {one.state === 'Saved' ? ', with its memory' : ''}
                  </small>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const CAN_TAKE: ReadonlySet<string> = new Set(['Off', 'Running', 'Saved']);
const CAN_APPLY: ReadonlySet<string> = new Set(['Off', 'Running', 'Paused', 'Saved']);

/** Not while a snapshot is being taken or applied: nothing else is done to the machine then. */
const can = ({ state = 'Off', status }: Seen<'vm'>, states: ReadonlySet<string>): boolean =>
  states.has(state) && status !== 'Creating snapshot' && status !== 'Applying snapshot';

/** Named as the product names them: after the machine and the moment. */
const TakeButton = ({ vm, start }: { vm: Seen<'vm'>; start: number }) => {
  const submit = useSubmit();
  const now = useLabTime(1_000);
  const take = (): void => {
    const moment = consoleMoment(start, now).replace(' ', ' - ');
    void submit('vm.takeSnapshot', { vm: vm.id, name: `${vm.name ?? ''} - (${moment})` });
  };
  return (
    <Button size="small" disabled={!can(vm, CAN_TAKE)} onClick={take}>
      Snapshot
    </Button>
  );
};

type Act = ReturnType<typeof useSnapshotActions>;

// The questions are those of Hyper-V Manager of Server 2012, recalled and not checked against it.
const useSnapshotActions = (vm: Seen<'vm'>) => {
  const submit = useSubmit();
  const confirm = useConfirm();
  const echo = useEcho();
  return {
    async apply({ id: snapshot }: Seen<'vm-snapshot'>, isRevert = false): Promise<void> {
      const args = { vm: vm.id, snapshot };
      const isSure = await confirm({
        title: isRevert ? 'Revert Virtual Machine' : 'Apply Snapshot',
        text: isRevert
          ? 'Are you sure you want to revert the virtual machine to its previous snapshot?'
          : 'Are you sure you want to apply the selected snapshot?',
        note: 'The current state of the virtual machine will be lost. Take a snapshot first if you need it.',
        line: echo('vm.applySnapshot', args),
        yes: isRevert ? 'Revert' : 'Apply',
        no: 'Cancel',
      });
      if (isSure) await submit('vm.applySnapshot', args);
    },
    async remove({ id: snapshot }: Seen<'vm-snapshot'>, subtree: boolean): Promise<void> {
      const args = { vm: vm.id, snapshot, subtree };
      const isSure = await confirm({
        title: subtree ? 'Delete Snapshot Subtree' : 'Delete Snapshot',
        text: subtree
          ? 'Are you sure you want to delete the selected snapshot and all of its child snapshots?'
          : 'Are you sure you want to delete the selected snapshot?',
        note: 'Its disks are merged afterwards, also while the virtual machine runs.',
        line: echo('vm.deleteSnapshot', args),
        yes: 'Delete',
        no: "Don't Delete",
      });
      if (isSure) await submit('vm.deleteSnapshot', args);
    },
    async rename({ id: snapshot }: Seen<'vm-snapshot'>, name: string): Promise<void> {
      await submit('vm.renameSnapshot', { vm: vm.id, snapshot, name });
    },
  };
};

const Actions = ({
  snapshot,
  vm,
  act,
}: {
  snapshot: Seen<'vm-snapshot'>;
  vm: Seen<'vm'>;
  act: Act;
}) => {
  const [name, setName] = useState<string | null>(null);
  const isIdle = can(vm, CAN_APPLY);
  if (name !== null)
    return (
      <form
        className={css['rename']}
        onSubmit={event => {
          event.preventDefault();
          setName(null);
          if (name.trim() !== '') void act.rename(snapshot, name.trim());
        }}
      >
        <Input
          size="small"
          aria-label="New name"
          autoFocus
          value={name}
          onChange={(_, { value }) => setName(value)}
        />
        <Button size="small" type="submit">
          Rename
        </Button>
        <Button size="small" onClick={() => setName(null)}>
          Cancel
        </Button>
      </form>
    );
  return (
    <>
      <Button size="small" disabled={!isIdle} onClick={() => void act.apply(snapshot)}>
        Apply…
      </Button>
      <Button size="small" onClick={() => setName(snapshot.name ?? '')}>
        Rename…
      </Button>
      <Button size="small" disabled={!isIdle} onClick={() => void act.remove(snapshot, false)}>
        Delete Snapshot…
      </Button>
      <Button size="small" disabled={!isIdle} onClick={() => void act.remove(snapshot, true)}>
        Delete Snapshot Subtree…
      </Button>
    </>
  );
};

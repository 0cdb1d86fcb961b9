import { useState } from 'react';
import { useVmms } from '../../actions/actions-pane.tsx';
import { usePerformVm } from '../../actions/perform.ts';
import { NOT_IN_THIS_LAB, offeredFor, type VmActionId } from '../../actions/vm-actions.ts';
import type { Seen } from '../../state/lab-store.ts';

/** A command of the window, in its menus and its toolbar alike. */
export interface Command {
  readonly id: CommandId;
  readonly label: string;
  /** Why it cannot be given now; null when it can. */
  readonly reason: string | null;
  readonly run: () => void;
}

export type CommandId = VmActionId | 'ctrl-alt-del' | 'snapshot' | 'revert';

export interface VmConnect {
  /** In the order of the real Action menu. */
  readonly commands: readonly Command[];
  /** Somebody pressed Ctrl+Alt+Delete at this window: the password is asked for. */
  readonly atPassword: boolean;
  readonly openSettings: () => void;
  readonly close: () => void;
}

interface Parts {
  readonly vm: Seen<'vm'>;
  readonly host: Seen<'host'>;
  readonly guest: Seen<'guest'> | undefined;
  readonly close: () => void;
}

const ORDER: readonly VmActionId[] = [
  'start',
  'turnOff',
  'shutDown',
  'save',
  'pause',
  'resume',
  'reset',
];

export const useVmConnect = ({ vm, host, guest, close }: Parts): VmConnect => {
  const vmms = useVmms(host);
  const perform = usePerformVm();
  // Of this screen as it is now: what is started again asks for nothing.
  const [pressedAt, setPressedAt] = useState<string | null>(null);
  const now = `${guest?.phase ?? ''} ${guest?.phaseSince ?? ''}`;
  const offered = offeredFor(vm, { host, vmms });
  const power = ORDER.flatMap(id => {
    const offer = offered.find(({ row }) => row.id === id);
    if (offer === undefined) return [];
    const { row, reason } = offer;
    return [{ id, label: row.label, reason, run: () => void perform(row, vm) }];
  });
  const settings = offered.find(({ row }) => row.id === 'settings');
  return {
    commands: [
      {
        id: 'ctrl-alt-del',
        label: 'Ctrl+Alt+Delete',
        reason: reasonAgainstKeys(vm, guest),
        run: () => setPressedAt(now),
      },
      ...power,
      { id: 'snapshot', label: 'Snapshot…', reason: NOT_IN_THIS_LAB, run: () => undefined },
      { id: 'revert', label: 'Revert…', reason: 'there is no snapshot', run: () => undefined },
    ],
    atPassword: pressedAt === now && reasonAgainstKeys(vm, guest) === null,
    openSettings: () => settings && void perform(settings.row, vm),
    close,
  };
};

/** The keys that only a guest takes, and only one that waits for somebody to sign in. */
const reasonAgainstKeys = (
  { state }: Seen<'vm'>,
  guest: Seen<'guest'> | undefined,
): string | null => {
  if (state !== 'Running' || guest === undefined) return 'it is not running';
  if (guest.phase !== 'Ready') return 'the guest does not wait for it yet';
  return guest.enlightened ? null : 'this guest asks nobody to sign in';
};

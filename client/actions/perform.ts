import { useCallback } from 'react';
import type { OperationName } from '../../server/protocol/operation/index.ts';
import { useEcho } from '../echo/use-echo.ts';
import { useSubmit } from '../state/command.ts';
import type { Seen } from '../state/lab-store.ts';
import { useMove } from '../state/place.tsx';
import { useConfirm } from './confirm.tsx';
import { HOST_QUESTIONS, VM_QUESTIONS } from './confirmations.ts';
import type { HostActionId } from './host-actions.ts';
import type { VmActionRow } from './vm-actions.ts';

/** Does what an action of the pane, the menu or the console window says. */
export const usePerformVm = (): ((row: VmActionRow, vm: Seen<'vm'>) => Promise<void>) => {
  const move = useMove();
  const submit = useSubmit();
  const confirm = useConfirm();
  const echo = useEcho();
  return useCallback(
    async (row, vm) => {
      if (row.id === 'connect') return move({ on: vm.id, dialog: 'connect' });
      if (row.id === 'settings') return move({ on: vm.id, dialog: 'settings' });
      if (row.id === 'rename') return move({ on: vm.id, dialog: 'rename' });
      const question = VM_QUESTIONS[row.id]?.(vm.name ?? 'it');
      const line = row.op === null ? null : echo(row.op as PlainVmOp, { vm: vm.id });
      if (question !== undefined && !(await confirm({ ...question, line }))) return undefined;
      if (row.op !== null && row.op !== 'vm.rename') {
        const result = await submit(row.op as PlainVmOp, { vm: vm.id });
        // What is deleted cannot stay chosen; its host can.
        if (row.id === 'delete' && result.ok)
          move({ on: vm.host ?? null, inspect: null }, 'replace');
      }
      return undefined;
    },
    [move, submit, confirm, echo],
  );
};

/** Operations that need nothing but the virtual machine. */
export type PlainVmOp = Extract<
  OperationName,
  | 'vm.start'
  | 'vm.turnOff'
  | 'vm.shutDown'
  | 'vm.save'
  | 'vm.pause'
  | 'vm.resume'
  | 'vm.reset'
  | 'vm.deleteSavedState'
  | 'vm.delete'
>;

const HOST_OPS = {
  start: 'host.start',
  shutDown: 'host.shutDown',
  powerOff: 'host.powerOff',
} as const;

export const usePerformHost = (): ((
  id: HostActionId,
  host: Seen<'host'>,
  vmms: Seen<'service'> | null,
) => Promise<void>) => {
  const move = useMove();
  const submit = useSubmit();
  const confirm = useConfirm();
  const echo = useHostEcho();
  return useCallback(
    async (id, host, vmms) => {
      if (id === 'new-vm' || id === 'new-disk' || id === 'edit-disk' || id === 'inspect-disk')
        return move({ on: host.id, dialog: id });
      const question = HOST_QUESTIONS[id]?.(host.name ?? 'the host');
      const line = echo(id, host, vmms);
      if (question !== undefined && !(await confirm({ ...question, line }))) return undefined;
      if (id === 'stop-service' || id === 'start-service') {
        const op = id === 'stop-service' ? 'service.stop' : 'service.start';
        if (vmms !== null) await submit(op, { service: vmms.id });
        return undefined;
      }
      await submit(HOST_OPS[id], { host: host.id });
      return undefined;
    },
    [move, submit, confirm, echo],
  );
};

/** The line of a host's action; null for what only buttons do. */
export const useHostEcho = (): ((
  id: HostActionId,
  host: Seen<'host'>,
  vmms: Seen<'service'> | null,
) => string | null) => {
  const echo = useEcho();
  return useCallback(
    (id, host, vmms) => {
      if (id === 'shutDown') return echo('host.shutDown', { host: host.id });
      if (id !== 'stop-service' && id !== 'start-service') return null;
      const op = id === 'stop-service' ? 'service.stop' : 'service.start';
      return vmms === null ? null : echo(op, { service: vmms.id });
    },
    [echo],
  );
};

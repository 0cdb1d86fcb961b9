import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { HostId, Id, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { ServiceState } from '../../protocol/record/host.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { hostUnreachable, notFound, serviceStopped } from './refusal.ts';

// Every management call enters VMMS here: the computer must answer, and so must the service.

export function vmmsId(host: RecordOf<'host'>): Id<'service'> {
  return `service:${host.name}/vmms`;
}

function stateOf(turn: Turn, id: HostId): ServiceState {
  return turn.must('service', vmmsId(turn.must('host', id))).state;
}

/** Whether VMMS hears worker processes: also while it is stopping, until its jobs have ended. */
export function isVmmsListening(turn: Turn, id: HostId): boolean {
  const state = stateOf(turn, id);
  return state === 'Running' || state === 'StopPending';
}

/** The host, when its VMMS can be asked for something. */
export function enter(turn: Turn, id: HostId): Result<RecordOf<'host'>, Refusal> {
  const host = turn.get('host', id);
  if (host === undefined) return notFound(id);
  if (host.state !== 'Running') return hostUnreachable(host);
  if (stateOf(turn, id) !== 'Running') return serviceStopped(host);
  return ok(host);
}

/** The virtual machine, when the VMMS of its host can be asked about it. */
export function enterFor(turn: Turn, id: VmId): Result<RecordOf<'vm'>, Refusal> {
  const vm = turn.get('vm', id);
  if (vm === undefined) return notFound(id);
  const entered = enter(turn, vm.host);
  return entered.ok ? ok(vm) : entered;
}

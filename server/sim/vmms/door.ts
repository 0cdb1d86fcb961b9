import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { HostId, Id, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { hostUnreachable, notFound, serviceStopped } from './refusal.ts';

// Every management call enters VMMS here: the computer must answer, and so must the service.

export function vmmsId(host: RecordOf<'host'>): Id<'service'> {
  return `service:${host.name}/vmms`;
}

export function isVmmsRunning(turn: Turn, id: HostId): boolean {
  const host = turn.must('host', id);
  return turn.get('service', vmmsId(host))?.state === 'Running';
}

/** The host, when its VMMS can be asked for something. */
export function enter(turn: Turn, id: HostId): Result<RecordOf<'host'>, Refusal> {
  const host = turn.get('host', id);
  if (host === undefined) return notFound(id);
  if (host.state !== 'Running') return hostUnreachable(host);
  if (!isVmmsRunning(turn, id)) return serviceStopped(host);
  return ok(host);
}

/** The virtual machine, when the VMMS of its host can be asked about it. */
export function enterFor(turn: Turn, id: VmId): Result<RecordOf<'vm'>, Refusal> {
  const vm = turn.get('vm', id);
  if (vm === undefined) return notFound(id);
  const entered = enter(turn, vm.host);
  return entered.ok ? ok(vm) : entered;
}

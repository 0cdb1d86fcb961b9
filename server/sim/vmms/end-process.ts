import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { WorkerId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { Turn } from '../engine/turn.ts';
import { endWorker } from '../vmwp/worker-handler.ts';
import { hostUnreachable, notFound } from './refusal.ts';

/** Task Manager's "End process" on a vmwp.exe: its virtual machine is gone, all others go on. */
export function endProcess(turn: Turn, id: WorkerId): Result<null, Refusal> {
  const worker = turn.get('worker-process', id);
  if (worker === undefined) return notFound(id);
  const host = turn.must('host', worker.host);
  if (host.state === 'Off' || host.state === 'Starting') return hostUnreachable(host);
  endWorker(turn, worker, 'killed');
  return ok(null);
}

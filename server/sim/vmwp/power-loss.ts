import type { HostId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { forgetPorts } from '../network/vmswitch.ts';
import { forgetOpenDisks } from '../storage/virtual-disk.ts';

/** The host lost its power: worker processes, guests and buses stood in its memory. */
export function forgetRuns(turn: Turn, host: HostId): void {
  for (const { id, vm } of turn.where('worker-process', 'host', host)) {
    for (const gpadl of turn.where('gpadl', 'vm', vm)) turn.remove('gpadl', gpadl.id);
    for (const service of turn.where('integration-service', 'vm', vm)) {
      turn.patch('integration-service', service.id, {
        status: service.enabled ? 'NoContact' : 'Disabled',
        frameworkVersion: null,
        messageVersion: null,
      });
    }
    turn.remove('worker-process', id);
  }
  for (const { id } of turn.where('vmbus-channel', 'host', host)) turn.remove('vmbus-channel', id);
  for (const { id } of turn.where('vmbus-connection', 'host', host)) {
    turn.remove('vmbus-connection', id);
  }
  for (const { id } of turn.where('guest', 'host', host)) turn.remove('guest', id);
  forgetPorts(turn, host);
  forgetOpenDisks(turn, host);
}

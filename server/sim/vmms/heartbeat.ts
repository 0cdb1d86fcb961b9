import type { VmId } from '../../protocol/id.ts';
import type { Heartbeat } from '../../protocol/record/vm.ts';
import type { Turn } from '../engine/turn.ts';

/** The heartbeat of a running virtual machine as its integration service has it. */
export function heartbeatOf(turn: Turn, vm: VmId): Heartbeat {
  const guid = vm.slice('vm:'.length);
  const service = turn.get('integration-service', `integration-service:${guid}/heartbeat`);
  switch (service?.status) {
    case 'Ok':
      return 'OkApplicationsUnknown';
    case 'LostCommunication':
      return 'LostCommunication';
    case 'Error':
      return 'Error';
    case 'NoContact':
    case 'Disabled':
    case undefined:
      return 'NoContact';
  }
}

import type { VmId } from '../../protocol/id.ts';
import type { Duration } from '../../protocol/time.ts';
import { seconds } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { MEMORY_FILE_MEGABYTES_PER_SECOND } from './duration.ts';

const MIB = 1024 * 1024;

/** How long it takes to write a virtual machine's memory to its file, or to read it back. */
export function memoryFileTime(turn: Turn, vm: VmId): Duration {
  const megabytes = turn.must('vm', vm).memoryStartup / MIB;
  return seconds(megabytes / MEMORY_FILE_MEGABYTES_PER_SECOND);
}

import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Id, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { SavedState } from '../../protocol/record/vm.ts';
import type { Turn } from '../engine/turn.ts';
import { giveSpace, takeSpace } from '../storage/volume.ts';

// Files beside a virtual machine's disks: GUID.xml, its configuration; GUID.bin, room for its
// memory and later the memory itself; GUID.vsv, the state of its devices and processors.

type FileType = RecordOf<'vm-file'>['type'];

const EXTENSION: { readonly [T in FileType]: string } = {
  Configuration: 'xml',
  Memory: 'bin',
  DeviceState: 'vsv',
};

const KIB = 1024;

/** Sizes of an .xml and of a .vsv file (chosen, about right). */
export const CONFIGURATION_SIZE = 64 * KIB;
export const DEVICE_STATE_SIZE = 4 * KIB * KIB;

function fileId(vm: VmId, type: FileType): Id<'vm-file'> {
  return `vm-file:${vm.slice('vm:'.length)}/${EXTENSION[type]}`;
}

function pathOf(turn: Turn, vm: VmId, type: FileType): string {
  const { configurationPath } = turn.must('vm', vm);
  const stem = configurationPath.slice(0, -'.xml'.length);
  if (type === 'Configuration') return configurationPath;
  // The saved state lies in a folder named like the configuration.
  return `${stem}\\${stem.slice(stem.lastIndexOf('\\') + 1)}.${EXTENSION[type]}`;
}

export function writeConfiguration(turn: Turn, vm: VmId): Result<null, Refusal> {
  return write(turn, vm, 'Configuration', CONFIGURATION_SIZE);
}

export function removeFiles(turn: Turn, vm: VmId): void {
  for (const { id } of turn.where('vm-file', 'vm', vm)) remove(turn, id);
}

/** Room for the memory: while it runs for one that is saved when its host stops, else for saving. */
export function reserveMemoryFile(turn: Turn, vm: VmId): Result<null, Refusal> {
  return write(turn, vm, 'Memory', turn.must('vm', vm).memoryStartup);
}

export function isReservedWhileRunning(turn: Turn, vm: VmId): boolean {
  return turn.must('vm', vm).automaticStopAction === 'Save';
}

export function writeDeviceState(turn: Turn, vm: VmId, content: SavedState): Result<null, Refusal> {
  const written = write(turn, vm, 'DeviceState', DEVICE_STATE_SIZE);
  if (!written.ok) return written;
  turn.patch('vm-file', fileId(vm, 'DeviceState'), { content, savedAt: turn.now });
  return written;
}

/** The memory is in its file. */
export function memoryFileWritten(turn: Turn, vm: VmId): void {
  turn.patch('vm-file', fileId(vm, 'Memory'), { savedAt: turn.now });
}

/** What was saved, or nothing where nothing is. */
export function savedStateOf(turn: Turn, vm: VmId): SavedState | undefined {
  return turn.get('vm-file', fileId(vm, 'DeviceState'))?.content;
}

/** Nothing is saved any more; a running virtual machine keeps the room it has reserved. */
export function dropSavedState(turn: Turn, vm: VmId): void {
  const state = fileId(vm, 'DeviceState');
  if (turn.get('vm-file', state) !== undefined) remove(turn, state);
  const memory = fileId(vm, 'Memory');
  if (turn.get('vm-file', memory) === undefined) return;
  if (isReservedWhileRunning(turn, vm)) turn.patch('vm-file', memory, { savedAt: null });
  else remove(turn, memory);
}

/** An Off virtual machine keeps neither room nor state. */
export function removeMemoryFiles(turn: Turn, vm: VmId): void {
  for (const type of ['Memory', 'DeviceState'] as const) {
    const id = fileId(vm, type);
    if (turn.get('vm-file', id) !== undefined) remove(turn, id);
  }
}

function write(turn: Turn, vm: VmId, type: FileType, size: number): Result<null, Refusal> {
  const id = fileId(vm, type);
  if (turn.get('vm-file', id) !== undefined) return ok(null);
  const { host } = turn.must('vm', vm);
  const path = pathOf(turn, vm, type);
  const taken = takeSpace(turn, host, { path, bytes: size });
  if (!taken.ok) return taken;
  turn.insert('vm-file', id, { host, vm, type, path, size, savedAt: null, content: {} });
  return ok(null);
}

function remove(turn: Turn, id: Id<'vm-file'>): void {
  const { host, path, size } = turn.must('vm-file', id);
  giveSpace(turn, host, { path, bytes: size });
  turn.remove('vm-file', id);
}

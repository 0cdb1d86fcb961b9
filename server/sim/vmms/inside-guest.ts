import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { canShutDown, crashGuest, isUp, shutDownGuest } from '../guest/shut-down.ts';
import { guestRefuses } from './refusal.ts';

// What a person does in a guest, as its own user would: only a system that is up can do it.

export function crashInside(turn: Turn, vm: RecordOf<'vm'>): Result<null, Refusal> {
  const guest = turn.where('guest', 'vm', vm.id).at(0);
  if (guest === undefined || !isUp(guest)) return noSystem(vm);
  crashGuest(turn, guest);
  return ok(null);
}

export function shutDownInside(turn: Turn, vm: RecordOf<'vm'>): Result<null, Refusal> {
  const guest = turn.where('guest', 'vm', vm.id).at(0);
  if (guest === undefined || !isUp(guest)) return noSystem(vm);
  if (!canShutDown(guest)) {
    return guestRefuses(vm, `The system in '${vm.name}' cannot turn its computer off.`);
  }
  shutDownGuest(turn, guest, 'guest');
  return ok(null);
}

function noSystem(vm: RecordOf<'vm'>): ReturnType<typeof guestRefuses> {
  return guestRefuses(vm, `No operating system is running in '${vm.name}'.`);
}

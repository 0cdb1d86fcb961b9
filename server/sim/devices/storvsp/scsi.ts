import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { textOf, vspState } from '../vsp.ts';

// What a logical unit answers: SPC-3, SBC-3. Data go through the guest's own pages, so a completion
// shows status and length alone.

export const SCSI = {
  TestUnitReady: 0x00,
  Inquiry: 0x12,
  ReadCapacity10: 0x25,
  ReportLuns: 0xa0,
} as const;

export const SRB = {
  Success: 0x01,
  InvalidRequest: 0x06,
  InvalidLun: 0x20,
} as const;

/** INQUIRY's standard data, READ CAPACITY(10)'s answer, one entry of REPORT LUNS and its header. */
const INQUIRY_LENGTH = 36;
const CAPACITY_LENGTH = 8;
const LUN_ENTRY = 8;

export interface ScsiAddress {
  readonly pathId: number;
  readonly targetId: number;
  readonly lun: number;
}

export interface ScsiAnswer {
  readonly srbStatus: number;
  readonly length: number;
}

/** Drives that the channel's controller or place has, by their place. */
export function drivesOf(turn: Turn, channel: Channel): RecordOf<'disk-drive'>[] {
  const place = textOf(vspState(channel), 'place');
  return turn
    .where('disk-drive', 'vm', channel.vm)
    .filter(drive => placeOf(drive) === place)
    .toSorted((a, b) => a.location - b.location);
}

/** An IDE disk has a channel of its own; the units of a SCSI controller share one. */
export function placeOf(drive: RecordOf<'disk-drive'>): string {
  const controller = `${drive.controller}/${drive.controllerNumber}`;
  return drive.controller === 'IDE' ? `${controller}/${drive.location}` : controller;
}

export function addressOf(drive: RecordOf<'disk-drive'>): ScsiAddress {
  const { controller, controllerNumber, location } = drive;
  return controller === 'IDE'
    ? { pathId: controllerNumber, targetId: location, lun: 0 }
    : { pathId: 0, targetId: 0, lun: location };
}

/** Carries out one command; `allocated` is the room the guest has for data. */
export function executeScsi(
  drives: readonly RecordOf<'disk-drive'>[],
  at: ScsiAddress,
  { opcode, allocated }: { readonly opcode: number; readonly allocated: number },
): ScsiAnswer {
  const answer = (length: number): ScsiAnswer => ({
    srbStatus: SRB.Success,
    length: Math.min(length, allocated),
  });
  // REPORT LUNS is for the target, whatever unit it names.
  if (opcode === SCSI.ReportLuns) return answer(LUN_ENTRY * (drives.length + 1));
  const isThere = drives.some(drive => {
    const { pathId, targetId, lun } = addressOf(drive);
    return pathId === at.pathId && targetId === at.targetId && lun === at.lun;
  });
  if (!isThere) return { srbStatus: SRB.InvalidLun, length: 0 };
  switch (opcode) {
    case SCSI.TestUnitReady:
      return answer(0);
    case SCSI.Inquiry:
      return answer(INQUIRY_LENGTH);
    case SCSI.ReadCapacity10:
      return answer(CAPACITY_LENGTH);
    default:
      return { srbStatus: SRB.InvalidRequest, length: 0 };
  }
}

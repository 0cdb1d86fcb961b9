import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { DVD_DRIVE, HARD_DISK_DRIVE } from '../../objects/disk-drive.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { plainNumber, isNumber } from '../../value/number.ts';
import { textOf } from '../../value/text.ts';
import { invalidArgument, machinesOf } from './machines.ts';

// Which drive of a machine a cmdlet is about: an object, or the place that its parameters name.

export type Drive = RecordOf<'disk-drive'>;

export interface Place {
  readonly controller?: 'IDE' | 'SCSI';
  readonly number?: number;
  readonly location?: number;
}

/** What -ControllerType, -ControllerNumber and -ControllerLocation say; with `To` before, where to. */
export const placeIn = ({ bound }: Pick<Call, 'bound'>, before: '' | 'To' = ''): Place => {
  const type = bound.value(`${before}ControllerType`);
  const [number, location] = [
    bound.number(`${before}ControllerNumber`),
    bound.number(`${before}ControllerLocation`),
  ];
  return {
    ...(type === undefined ? {} : { controller: textOf(type) === 'SCSI' ? 'SCSI' : 'IDE' }),
    ...(number === undefined ? {} : { number }),
    ...(location === undefined ? {} : { location }),
  };
};

/** The controller that an object stands for. */
export const controllerIn = ({ bound }: Pick<Call, 'bound'>, parameter: string): Place => {
  const [object] = bound.values(parameter) ?? [];
  if (!(object instanceof LabObject)) return {};
  const number = object.property('ControllerNumber')?.get() ?? null;
  return {
    controller: object.typeNames.some(name => name.includes('Scsi')) ? 'SCSI' : 'IDE',
    ...(isNumber(number) ? { number: Number(plainNumber(number)) } : {}),
  };
};

/** The drives that are meant; an error for each machine that has none there. */
export function* drivesMeant(call: Call, type: Drive['type']): Steps<readonly Drive[]> {
  const { bound, shell } = call;
  const objects = bound.values(type === 'Dvd' ? 'VMDvdDrive' : 'VMHardDiskDrive');
  if (objects !== undefined) return objects.flatMap(one => recordIn(one, 'disk-drive') ?? []);
  const wanted = placeIn(call);
  const found: Drive[] = [];
  for (const vm of yield* machinesOf(call, bound.texts('VMName') ?? [])) {
    const there = shell.lab
      .by('disk-drive', 'vm', vm.id)
      .filter(
        drive =>
          drive.type === type &&
          (wanted.controller ?? drive.controller) === drive.controller &&
          (wanted.number ?? drive.controllerNumber) === drive.controllerNumber &&
          (wanted.location ?? drive.location) === drive.location,
      );
    found.push(...there);
    if (there.length > 0) continue;
    const kind = type === 'Dvd' ? 'DVD drive' : 'hard disk drive';
    const message = `Hyper-V was unable to find a ${kind} at that place of ${vm.name}.`;
    yield* shell.error(invalidArgument(call, message, vm.name));
  }
  return found;
}

export const driveAt = (
  { shell }: Call,
  vm: Id<'vm'>,
  is: (drive: Drive) => boolean,
): LabObject<'disk-drive'> | undefined => {
  const drive = shell.lab.by('disk-drive', 'vm', vm).find(is);
  if (drive === undefined) return undefined;
  return new LabObject(drive.type === 'Dvd' ? DVD_DRIVE : HARD_DISK_DRIVE, drive, shell.lab);
};

import type { Id } from '../../../protocol/id.ts';
import type { Json } from '../../../base/json.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { VIRTUAL_HARD_DISK } from '../../objects/host-objects.ts';
import { LabObject } from '../../objects/lab-object.ts';
import { absolute } from '../../value/path.ts';
import { hostsOf } from './hosts.ts';
import { invalidArgument } from './machines.ts';
import { refuses } from './refuses.ts';

// What the cmdlets of virtual hard disk files have in common: a path on a host, one operation, the
// disk it leaves.

const DISK_PATH = /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.a?vhdx?$/i;

/** A parameter that is a path, as the lab knows it; undefined when it is not bound. */
export const pathIn = ({ bound, shell }: Call, parameter: string): string | undefined => {
  const written = bound.text(parameter);
  return written === undefined ? undefined : absolute(written, shell.session.location);
};

export interface DiskOrder {
  readonly op: string;
  readonly args: { readonly [name: string]: Json };
  /** Path of the disk to write; null writes none. */
  readonly result: string | null;
}

export interface DiskAction {
  readonly name: string;
  readonly synopsis: string;
  readonly examples: Cmdlet['examples'];
  /** Parameters that do something here. */
  readonly known: readonly string[];
  /** Whether the disk is written without being asked for by -Passthru. */
  readonly writes?: boolean;
  readonly order: (call: Call, path: string) => Steps<DiskOrder | null>;
}

/** A cmdlet that does one operation to each file that -Path names, on each of its hosts. */
export const diskAction = (action: DiskAction): Cmdlet => ({
  name: action.name,
  synopsis: action.synopsis,
  examples: action.examples,
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Path', 'ComputerName', ...action.known])) return;
    for (const host of yield* hostsOf(call))
      for (const written of bound.texts('Path') ?? []) {
        const path = absolute(written, shell.session.location);
        if (!DISK_PATH.test(path)) {
          yield* shell.error(invalidArgument(call, notADisk(path), path));
          continue;
        }
        if (!(yield* shell.should(path, action.name))) continue;
        const order = yield* action.order(call, path);
        if (order === null) continue;
        const args = { host: host.id, path, ...order.args };
        if (!(yield* shell.finish(order.op, args, path))) continue;
        if (order.result === null || !(action.writes === true || bound.flag('Passthru'))) continue;
        const disk = diskNamed(call, host.id, order.result);
        if (disk !== undefined) yield* shell.write(disk);
      }
  },
});

const notADisk = (path: string): string =>
  `'${path}' is not the path of a virtual hard disk. Its name has to end in .vhd or .vhdx.`;

const diskNamed = (
  { shell }: Call,
  host: Id<'host'>,
  path: string,
): LabObject<'virtual-disk'> | undefined => {
  const disk = shell.lab
    .by('virtual-disk', 'host', host)
    .find(one => one.path.toLowerCase() === path.toLowerCase());
  return disk === undefined ? undefined : new LabObject(VIRTUAL_HARD_DISK, disk, shell.lab);
};

/** The numbers among the parameters, by the names that the operation has for them. */
export const numbersIn = (
  { bound }: Call,
  names: readonly (readonly [parameter: string, argument: string])[],
): { readonly [argument: string]: number } =>
  Object.fromEntries(
    names.flatMap(([parameter, argument]) => {
      const value = bound.number(parameter);
      return value === undefined ? [] : [[argument, value]];
    }),
  );

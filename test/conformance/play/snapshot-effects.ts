import { textOf } from '../../../server/powershell/value/text.ts';
import type { Effect } from './effect.ts';
import { machinesOf, ofKind, partsOf, type Rec, textsOf } from './records.ts';
import type { Ran } from './watched-shell.ts';

// What must be so of snapshots after a command.

/** Those that it names, as objects or by their names on its machines. */
const named = ({ ran, before }: Parameters<Effect>[0]): readonly Rec[] =>
  partsOf(ran, 'vm-snapshot', before);

const nameIn = ({ values }: Ran, parameter: string): string =>
  textOf(values.get(parameter) ?? null);

const taken: Effect = ({ ran, before, after }) =>
  machinesOf(ran, before).map(vm => {
    const made = ofKind(after, 'vm-snapshot').filter(
      one => one['vm'] === vm.id && !before.has(one.id),
    );
    const [wanted] = textsOf(ran.values.get('SnapshotName'));
    return {
      what: `snapshot of ${String(vm['name'])}`,
      wanted: wanted ?? true,
      is: wanted === undefined ? made.length === 1 : made[0]?.['name'],
    };
  });

const gone: Effect = look =>
  named(look).map(one => ({
    what: `${String(one['name'])} is there`,
    wanted: false,
    is: look.after.has(one.id),
  }));

const applied: Effect = look =>
  named(look).map(one => ({
    what: `Now stands below ${String(one['name'])}`,
    wanted: true,
    is: look.after.get(one.id)?.['current'],
  }));

const renamed: Effect = look =>
  named(look).map(one => ({
    what: `name of ${String(one['name'])}`,
    wanted: nameIn(look.ran, 'NewName'),
    is: look.after.get(one.id)?.['name'],
  }));

export const SNAPSHOT_EFFECTS: readonly (readonly [command: string, effect: Effect])[] = [
  ['Checkpoint-VM', taken],
  ['Restore-VMSnapshot', applied],
  ['Remove-VMSnapshot', gone],
  ['Rename-VMSnapshot', renamed],
];

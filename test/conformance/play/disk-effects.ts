import { isNumber, plainNumber } from '../../../server/powershell/value/number.ts';
import { isTrue, textOf } from '../../../server/powershell/value/text.ts';
import type { Effect, Expected } from './effect.ts';
import { ofKind, type Rec, type Records, textsOf } from './records.ts';
import type { Ran } from './watched-shell.ts';

// What must be so of virtual hard disk files after a command.

const textIn = (ran: Ran, name: string): string => textOf(ran.values.get(name) ?? null);

const numberIn = (ran: Ran, name: string): number | undefined => {
  const value = ran.values.get(name) ?? null;
  return isNumber(value) ? Number(plainNumber(value)) : undefined;
};

const diskAt = (records: Records, path: string): Rec | undefined => {
  const wanted = path.replace(/^\.\\/, '').toLowerCase();
  return ofKind(records, 'virtual-disk').find(one =>
    String(one['path']).toLowerCase().endsWith(wanted),
  );
};

const created: Effect = ({ ran, after }) =>
  textsOf(ran.values.get('Path')).flatMap(path => {
    const disk = diskAt(after, path);
    const size = numberIn(ran, 'SizeBytes');
    const parent = textIn(ran, 'ParentPath');
    const isFixed = isTrue(ran.values.get('Fixed') ?? false);
    const expected: Expected[] = [
      {
        what: `type of ${path}`,
        wanted: parent !== '' ? 'Differencing' : isFixed ? 'Fixed' : 'Dynamic',
        is: disk?.['type'],
      },
    ];
    if (size !== undefined && parent === '')
      expected.push({ what: 'size', wanted: size, is: disk?.['maximumSize'] });
    if (parent !== '')
      expected.push({
        what: 'parent',
        wanted: diskAt(after, parent)?.id,
        is: disk?.['parent'],
      });
    return expected;
  });

const resized: Effect = ({ ran, before, after }) =>
  textsOf(ran.values.get('Path')).map(path => ({
    what: `size of ${path}`,
    wanted: numberIn(ran, 'SizeBytes') ?? diskAt(before, path)?.['partitioned'],
    is: diskAt(after, path)?.['maximumSize'],
  }));

const converted: Effect = ({ ran, before, after }) => {
  const source = diskAt(before, textIn(ran, 'Path'));
  const disk = diskAt(after, textIn(ran, 'DestinationPath'));
  const type = textIn(ran, 'VHDType');
  return [
    { what: 'size of the copy', wanted: source?.['maximumSize'], is: disk?.['maximumSize'] },
    ...(type === '' ? [] : [{ what: 'type of the copy', wanted: type, is: disk?.['type'] }]),
  ];
};

const merged: Effect = ({ ran, before, after }) =>
  textsOf(ran.values.get('Path')).map(path => ({
    what: `${path} is there`,
    wanted: false,
    is: after.has(String(diskAt(before, path)?.id)),
  }));

const compacted: Effect = ({ ran, after }) =>
  textsOf(ran.values.get('Path')).map(path => ({
    what: `unused blocks of ${path}`,
    wanted: '[]',
    is: JSON.stringify(diskAt(after, path)?.['unused']),
  }));

const based: Effect = ({ ran, after }) => [
  {
    what: 'parent',
    wanted: diskAt(after, textIn(ran, 'ParentPath'))?.id,
    is: diskAt(after, textIn(ran, 'Path'))?.['parent'],
  },
];

export const DISK_EFFECTS: readonly (readonly [command: string, effect: Effect])[] = [
  ['New-VHD', created],
  ['Resize-VHD', resized],
  ['Convert-VHD', converted],
  ['Merge-VHD', merged],
  ['Optimize-VHD', compacted],
  ['Set-VHD', based],
];

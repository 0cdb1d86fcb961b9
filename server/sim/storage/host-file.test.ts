import { expect, test } from 'vitest';
import type { Turn } from '../engine/turn.ts';
import { MIB } from '../hardware/page.ts';
import { Bench, HOST } from '../hypervisor/bench.fixture.ts';
import { FILES_OF_A_HOST, makeFolder, moveFile, removeFile, writeFile } from './host-file.ts';
import { removeAny } from './remove-file.ts';
import { closeDisk, createDisk, openDisk } from './virtual-disk.ts';

const CODES = { denied: 0x8007_0005, exists: 0x8007_0050, quota: 0x8007_0718 };

const scene = () => {
  const bench = new Bench();
  const turn = (): Turn => bench.turn();
  const write = (path: string, text: string, more: object = {}) =>
    writeFile(turn(), { host: HOST, path, text, append: false, encoding: 'ASCII', ...more });
  return {
    turn,
    write,
    free: () => turn().must('volume', 'volume:HV01/C').free,
    paths: () =>
      turn()
        .where('file', 'host', HOST)
        .map(({ path }) => path),
  };
};

test('[ST14] a file takes the bytes of its text, and gives them back', () => {
  const { turn, write, free } = scene();
  const before = free();

  write('C:\\List.txt', 'one');
  const three = before - free();
  write('c:\\LIST.TXT', 'two', { append: true });
  const six = before - free();
  write('C:\\Wide.txt', 'ä', { encoding: 'Unicode' });
  write('C:\\Short.txt', 'ä€', { encoding: 'UTF8' });
  const all = before - free();
  for (const path of ['C:\\List.txt', 'C:\\Wide.txt', 'C:\\Short.txt'])
    removeFile(turn(), { host: HOST, path });

  expect([three, six, all]).toEqual([3, 6, 6 + 4 + 8]);
  expect(free()).toBe(before);
});

test('[ST15] folders go with what is in them, but not with a disk', () => {
  const { turn, write, paths } = scene();
  makeFolder(turn(), { host: HOST, path: 'C:\\Lists' });
  write('C:\\Lists\\a.txt', 'a');
  write('C:\\Listsofmore.txt', 'b');
  const again = makeFolder(turn(), { host: HOST, path: 'C:\\LISTS' });

  const moved = moveFile(turn(), { host: HOST, path: 'C:\\Lists', to: 'C:\\Old' });
  const into = moveFile(turn(), { host: HOST, path: 'C:\\Old', to: 'C:\\Old\\Older' });
  const there = paths();
  createDisk(turn(), {
    host: HOST,
    path: 'C:\\Old\\disk.vhdx',
    format: 'VHDX',
    type: 'Dynamic',
    maximumSize: 64 * MIB,
  });
  const refused = removeFile(turn(), { host: HOST, path: 'C:\\Old' });

  expect(again).toMatchObject({ fault: { code: CODES.exists } });
  expect(moved.ok).toBe(true);
  expect(into).toMatchObject({ fault: { code: CODES.denied } });
  expect(there.toSorted()).toEqual(['C:\\Listsofmore.txt', 'C:\\Old', 'C:\\Old\\a.txt']);
  expect(refused).toMatchObject({ fault: { code: CODES.denied } });
});

test('[ST15] a text is not written over a disk, nor a disk over a text', () => {
  const { turn, write } = scene();
  const wanted = { host: HOST, format: 'VHDX', type: 'Dynamic', maximumSize: 64 * MIB } as const;
  createDisk(turn(), { ...wanted, path: 'C:\\a.vhdx' });
  write('C:\\b.vhdx', 'no disk');

  const overDisk = write('C:\\A.vhdx', 'x');
  const overText = createDisk(turn(), { ...wanted, path: 'C:\\B.vhdx' });

  expect(overDisk).toMatchObject({ fault: { code: CODES.denied } });
  expect(overText).toMatchObject({ fault: { code: CODES.exists } });
});

test('[ST27] a virtual hard disk is removed like any file, unless somebody has it open', () => {
  const { turn, free } = scene();
  const before = free();
  const wanted = { host: HOST, format: 'VHDX', maximumSize: 64 * MIB } as const;
  const base = createDisk(turn(), { ...wanted, type: 'Dynamic', path: 'C:\\base.vhdx' });
  if (!base.ok) throw new Error(base.fault.message);
  const child = createDisk(turn(), {
    ...wanted,
    type: 'Differencing',
    parent: base.value,
    path: 'C:\\child.vhdx',
  });
  if (!child.ok) throw new Error(child.fault.message);
  openDisk(turn(), child.value);

  const open = removeAny(turn(), { host: HOST, path: 'C:\\base.vhdx' });
  closeDisk(turn(), child.value);
  const removed = removeAny(turn(), { host: HOST, path: 'C:\\BASE.vhdx' });
  const broken = openDisk(turn(), child.value);
  removeAny(turn(), { host: HOST, path: 'C:\\child.vhdx' });

  expect(open).toMatchObject({ fault: { code: 0x8007_0020 } });
  expect(removed.ok).toBe(true);
  expect(broken).toMatchObject({ fault: { code: 0xc03a_000d } });
  expect(free()).toBe(before);
});

test('[ST16] a host keeps so many files and no more', () => {
  const { write } = scene();
  for (let n = 0; n < FILES_OF_A_HOST; n += 1) write(`C:\\${n}.txt`, '');

  const further = write('C:\\further.txt', '');
  const known = write('C:\\7.txt', 'more');

  expect(further).toMatchObject({ fault: { code: CODES.quota } });
  expect(known.ok).toBe(true);
});

test('[ST16] a host keeps so many characters and no more', () => {
  const { write } = scene();
  const large = 'x'.repeat(MIB);

  const written = [1, 2, 3, 4, 5].map(n => write(`C:\\${n}.txt`, large).ok);
  const longer = write('C:\\1.txt', 'x', { append: true });

  expect(written).toEqual([true, true, true, true, false]);
  expect(longer).toMatchObject({ fault: { code: CODES.quota } });
});

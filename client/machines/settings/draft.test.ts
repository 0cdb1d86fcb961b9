import { expect, test } from 'vitest';
import { conflicts, edited, NO_EDITS, saved, settled } from './draft.ts';

test('an edit back to what is there is no edit', () => {
  const there = edited(NO_EDITS, 'memory', '512', '1024');

  const back = edited(there, 'memory', '512', '512');

  expect([there.size, back.size]).toEqual([1, 0]);
});

test('what somebody else saved meanwhile is a conflict, and mine alone is none', () => {
  const draft = edited(edited(NO_EDITS, 'memory', '512', '1024'), 'name', 'A', 'B');

  const found = conflicts(draft, key => (key === 'memory' ? '2048' : 'A'));

  expect(found).toEqual([{ key: 'memory', mine: '1024', theirs: '2048' }]);
});

test('somebody saving the very same value is no conflict', () => {
  const draft = edited(NO_EDITS, 'memory', '512', '1024');

  expect(conflicts(draft, () => '1024')).toEqual([]);
});

test('a settled conflict is gone, whichever way it was settled', () => {
  const draft = edited(NO_EDITS, 'memory', '512', '1024');
  const conflict = { key: 'memory', mine: '1024', theirs: '2048' } as const;

  const mine = settled(draft, conflict, 'mine');
  const theirs = settled(draft, conflict, 'theirs');

  expect(conflicts(mine, () => '2048')).toEqual([]);
  expect(mine.get('memory')?.mine).toBe('1024');
  expect(theirs.size).toBe(0);
});

test('further typing does not hide that the ground has moved', () => {
  const draft = edited(edited(NO_EDITS, 'memory', '512', '1024'), 'memory', '2048', '4096');

  expect(conflicts(draft, () => '2048')).toHaveLength(1);
});

test('what was saved is no edit any more, and what was refused still is', () => {
  const draft = edited(edited(NO_EDITS, 'memory', '512', '1024'), 'notes', '', 'ours');

  const after = saved(draft, ['memory']);

  expect([...after.keys()]).toEqual(['notes']);
});

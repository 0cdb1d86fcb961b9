import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UP } from '../../server/protocol/wire/up.ts';
import { DOWN } from '../../server/protocol/wire/down.ts';
import { protocolDocument } from './protocol.ts';

test('PROTOCOL.md is what npm run docs writes', () => {
  const written = readFileSync(new URL('../../PROTOCOL.md', import.meta.url), 'utf8');

  expect(written).toBe(protocolDocument());
});

test('every message has its section, its fields and a sentence', () => {
  const text = protocolDocument();

  for (const name of [...Object.keys(UP), ...Object.keys(DOWN)]) {
    expect(text).toMatch(new RegExp(`^### ${name}\n\n[A-Z].+[.]`, 'm'));
  }
  expect(text).toContain('| `id` | text like `^[A-Za-z0-9_-]{16,64}$` |');
  expect(text).not.toContain('undefined');
});

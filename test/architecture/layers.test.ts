import { expect, test } from 'vitest';
import { layerViolations } from './layers.ts';
import { CODE, importsOf, isTest, type Source, sources } from './source.ts';

const files = sources(['server', 'db', 'client'], CODE).filter(({ path }) => !isTest(path));

test('a border guard that is asleep is worse than none: imports are seen', () => {
  const seen = files.map(file => importsOf(file).length);

  expect(files.length).toBeGreaterThan(40);
  expect(seen.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(files.length);
});

test('every layer imports only what stands below it, and only its own packages', () => {
  expect(layerViolations(files)).toEqual([]);
});

const violating: readonly [path: string, text: string, says: string][] = [
  ['server/sim/vmms/a.ts', `import { x } from '../../lab/port.ts';`, 'may not import server/lab'],
  ['server/protocol/a.ts', `import type { X } from '../sim/engine/world.ts';`, 'may not import'],
  ['server/sim/vid/a.ts', `import { x } from '../vmms/vmms.ts';`, 'vmms stands above sim/vid'],
  ['server/sim/vid/a.ts', `export { x } from '../guest/guest.ts';`, 'guest stands above sim/vid'],
  ['server/sim/extra/a.ts', `import { x } from '../vid/vid.ts';`, 'does not know extra'],
  ['server/sim/vid/a.ts', `import { readFileSync } from 'node:fs';`, 'package node:fs'],
  ['server/base/a.ts', `import 'zod';`, 'package zod'],
  ['server/protocol/record/a.ts', `import { z } from 'zod';`, 'package zod'],
  ['server/lab/a.ts', `import postgres from 'postgres';`, 'package postgres'],
  ['server/http/a.ts', `const x = await import('drizzle-orm');`, 'package drizzle-orm'],
  ['server/store/a.ts', `import { WebSocket } from 'ws';`, 'package ws'],
  ['server/store/a.ts', `import {\n  one,\n  two,\n} from 'hono';`, 'package hono'],
  ['server/hub/a.ts', `import { x } from '../store/writer.ts';`, 'may not import server/store'],
  ['server/store/embedded/a.ts', `import { x } from '../../lab/port.ts';`, 'may not import'],
  ['client/src/a.tsx', `import { x } from '../../server/sim/simulation.ts';`, 'may not import'],
  ['elsewhere/a.ts', `import { x } from '../server/base/assert.ts';`, 'is in no layer'],
];

test.each(violating)('%s with %j is caught', (path, text, says) => {
  const found = layerViolations([{ path, text }]);

  expect(found).toEqual([expect.stringContaining(says)]);
});

test('what is allowed is not caught', () => {
  const allowed: Source[] = [
    { path: 'server/sim/vmms/a.ts', text: `import { x } from '../vid/vid.ts';` },
    { path: 'server/sim/simulation.ts', text: `import { x } from './faults/faults.ts';` },
    { path: 'server/protocol/wire/a.ts', text: `import { z } from 'zod';` },
    { path: 'server/store/a.ts', text: `import { pgTable } from 'drizzle-orm/pg-core';` },
    { path: 'server/main.ts', text: `import { x } from './http/app.ts';` },
    { path: 'server/sim/vid/b.ts', text: `// import { x } from '../vmms/vmms.ts';` },
  ];

  expect(layerViolations(allowed)).toEqual([]);
});

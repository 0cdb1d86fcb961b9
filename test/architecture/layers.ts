import { importsOf, resolveImport, type Source } from './source.ts';

/** Who may import whom. Read a row as "this layer may import these"; itself is always allowed. */
export const LAYERS = {
  'server/base': [],
  'server/protocol': ['server/base'],
  'server/sim': ['server/base', 'server/protocol'],
  'server/lab': ['server/base', 'server/protocol', 'server/sim'],
  'server/powershell': ['server/base', 'server/protocol', 'server/lab'],
  'server/course': ['server/base', 'server/protocol', 'server/lab', 'server/powershell'],
  db: ['server/protocol'],
  'server/store': ['server/base', 'server/protocol', 'server/lab', 'server/course', 'db'],
  'server/hub': ['server/base', 'server/protocol', 'server/lab', 'server/course'],
  'server/http': ['server/base', 'server/protocol', 'server/lab', 'server/course', 'server/hub'],
  // The console colours what is typed with the shell's own parser.
  client: ['server/base', 'server/protocol', 'server/powershell/syntax', 'server/powershell/echo'],
  // Programs of their own: each puts together what it needs, as main.ts does.
  'server/store/tool': ['server'],
  'server/store/embedded': [],
  'server/settings.ts': [],
  server: ['server'],
} as const satisfies Record<string, readonly string[]>;

/** A host is built in this order; a folder of the simulation imports only folders before it. */
export const SIM_ORDER = [
  'engine',
  'hardware',
  'network',
  'storage',
  'hypervisor',
  'vmbus',
  'vid',
  'devices',
  'guest',
  'vmwp',
  'vmms',
  'migration',
  'replica',
  'cluster',
  'faults',
] as const;

/** Which packages a folder may import; the longest matching row counts. `node:` stands for Node. */
export const PACKAGES = {
  'server/base': [],
  'server/protocol': [],
  'server/protocol/operation': ['zod'],
  'server/protocol/wire': ['zod'],
  'server/protocol/lab-file.ts': ['zod'],
  'server/protocol/lab-file-unit.ts': ['zod'],
  'server/sim': [],
  'server/powershell': [],
  'server/lab': ['node:', 'yaml', 'zod'],
  'server/course': ['node:', 'zod'],
  'server/store': ['node:', 'postgres', 'drizzle-orm', 'better-auth', 'zod'],
  'server/hub': ['node:', 'ws', 'zod', 'prom-client'],
  'server/http': [
    'node:',
    'hono',
    '@hono/node-server',
    'hono-openapi',
    'zod',
    'prom-client',
    'qrcode',
  ],
  server: ['node:', 'zod', 'pino', 'postgres', '@hono/node-server', 'prom-client', 'qrcode'],
  'server/command-line.ts': ['@commander-js/extra-typings'],
  db: ['drizzle-orm', 'drizzle-kit'],
  client: ['react', 'react-dom', '@fluentui', '@tanstack', '@xterm', 'uplot', 'vite', '@vitejs'],
} as const satisfies Record<string, readonly string[]>;

/** What these files import against the tables, a sentence each. */
export const layerViolations = (files: readonly Source[]): string[] =>
  files.flatMap(file => importsOf(file).flatMap(name => violation(file.path, name)));

const violation = (path: string, name: string): string[] => {
  const target = resolveImport(path, name);
  if (!name.startsWith('.')) return packageViolation(path, name);
  const from = layerOf(path);
  if (from === undefined) return [`${path} is in no layer`];
  const to = layerOf(target);
  if (to === undefined) return [`${path} imports ${target}, which is in no layer`];
  const allowed: readonly string[] = LAYERS[from];
  if (from !== to && !allowed.some(row => isIn(target, row)))
    return [`${path} imports ${target}: ${from} may not import ${to}`];
  return simViolation(path, target);
};

const packageViolation = (path: string, name: string): string[] => {
  const row = longest(Object.keys(PACKAGES), path);
  const allowed: readonly string[] = PACKAGES[row as keyof typeof PACKAGES] ?? [];
  const ok = allowed.some(one =>
    one === 'node:' ? name.startsWith(one) : name === one || name.startsWith(`${one}/`),
  );
  return ok ? [] : [`${path} imports the package ${name}: ${row ?? 'it'} may not`];
};

const simViolation = (path: string, target: string): string[] => {
  const [from, to] = [simFolder(path), simFolder(target)];
  if (from === undefined || to === undefined || from === to) return [];
  const order: readonly string[] = SIM_ORDER;
  for (const folder of [from, to])
    if (!order.includes(folder)) return [`${path}: the order of sim does not know ${folder}`];
  return order.indexOf(to) < order.indexOf(from)
    ? []
    : [`${path} imports ${target}: sim/${to} stands above sim/${from}`];
};

/** Files directly in sim/ see all of it. */
const simFolder = (path: string): string | undefined => /^server\/sim\/([^/]+)\//.exec(path)?.[1];

const layerOf = (path: string): keyof typeof LAYERS | undefined =>
  longest(Object.keys(LAYERS), path) as keyof typeof LAYERS | undefined;

const longest = (rows: readonly string[], path: string): string | undefined =>
  rows.filter(row => isIn(path, row)).toSorted((one, other) => other.length - one.length)[0];

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

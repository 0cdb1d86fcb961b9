import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

// A real Chromium for tests of the page. The binary lies compressed inside an npm package, so no
// machine needs one installed; it works as root and in a container, and it reaches nothing but the
// addresses a test gives it.

const run = promisify(execFile);
const packed = new URL('../../node_modules/@sparticuz/chromium/', import.meta.url);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Where the browser lies unpacked. The package unpacks into the temporary directory without a lock,
 * and two test files would trip over each other there: so it unpacks into a directory of its own,
 * which is then given its final name in one step. Whoever comes second finds it done.
 */
const unpack = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(new URL('package.json', packed), 'utf8')) as {
    readonly version: string;
  };
  const home = join(tmpdir(), `enlighten-chromium-${version}`);
  const binary = join(home, 'chromium');
  if (await exists(binary)) return binary;

  const making = await mkdtemp(join(tmpdir(), 'enlighten-chromium-making-'));
  const module = JSON.stringify(new URL('build/index.js', packed).href);
  const script = `const { default: it } = await import(${module}); await it.executablePath();`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: making, TEMP: making, TMP: making },
  });
  try {
    await rename(making, home);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!(await exists(binary))) throw error;
  }
  return binary;
};

// No update, no safe-browsing list, no field trial, no first-run page: a test talks to its server only.
const QUIET = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

/** `address`: one more that it may reach besides this machine's own. */
export const launch = async (address?: string): Promise<Browser> => {
  const args = QUIET.map(arg =>
    address !== undefined && arg.startsWith('--host-resolver-rules')
      ? `${arg} , EXCLUDE ${address}`
      : arg,
  );
  return chromium.launch({ executablePath: await unpack(), args, headless: true });
};

export interface PersonOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Never here before: the tour is offered. */
  readonly newcomer?: boolean;
}

/** One person at one browser: cookies and storage of their own, and everything that went wrong there. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught exceptions, console errors, refused scripts and styles. A healthy page has none. */
  readonly problems: readonly string[];
}

export const person = async (
  browser: Browser,
  baseURL: string,
  options: PersonOptions = {},
): Promise<Person> => {
  const { theme = 'light', width = 1280, height = 720, reducedMotion = false } = options;
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  if (options.newcomer !== true)
    await context.addInitScript(`localStorage.setItem('enlighten.tour', 'offered')`);
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(`uncaught: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return { context, page, problems };
};

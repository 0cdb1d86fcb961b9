import type { Id } from '../../../protocol/id.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { ErrorRecord } from '../../engine/error-record.ts';
import { hereOf, nothingHere } from '../here.ts';
import { pathNotFound } from './faults.ts';

/** Somewhere on a host's volumes: a full path without a backslash at its end, but for `C:\`. */
export interface Place {
  readonly host: Id<'host'>;
  readonly path: string;
}

const PROVIDER = /^(?:Microsoft\.PowerShell\.Core\\)?FileSystem::/i;
const SHARE = /^\\\\([^\\]+)\\([A-Za-z])\$(?:\\(.*))?$/;
const DRIVE = /^([A-Za-z][\w-]*):/;

/** Drives of other providers, and what is said of them. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['hklm', 'the registry is'],
  ['hkcu', 'the registry is'],
  ['registry', 'the registry is'],
  ['cert', 'certificates are'],
  ['wsman', 'the configuration of WS-Management is'],
  ['alias', 'the drive of aliases is'],
  ['env', 'the drive of environment variables is'],
  ['variable', 'the drive of variables is'],
  ['function', 'the drive of functions is'],
]);

/** Where a path leads that somebody wrote, whether or not anything is there. */
export const placeOf = (call: Call, written: string): Place | ErrorRecord => {
  const { shell } = call;
  const here = shell.computer as Id<'host'>;
  const text = written.replace(PROVIDER, '').replaceAll('/', '\\');
  const home = text.replace(/^~(?=\\|$)/, `C:\\Users\\Administrator`);
  if (home.startsWith('\\\\')) return shareOf(call, home);
  const [, drive] = DRIVE.exec(home) ?? [];
  if (drive !== undefined && drive.length > 1) return otherDrive(call, drive);
  if (hereOf(call) === undefined) return nothingHere(call);
  const { location } = shell.session;
  const whole =
    drive === undefined
      ? home.startsWith('\\')
        ? `${location.slice(0, 2)}${home}`
        : `${location}\\${home}`
      : ofDrive(home, location);
  const path = straight(whole);
  const letter = path.charAt(0).toUpperCase();
  const known = shell.lab.by('volume', 'host', here).some(volume => volume.letter === letter);
  return known ? { host: here, path } : noDrive(call, path.charAt(0));
};

export const isPlace = (found: Place | ErrorRecord): found is Place => 'host' in found;

/** `C:a.txt` is where one is on C. */
const ofDrive = (path: string, location: string): string => {
  if (path.charAt(2) === '\\') return path;
  const isHere = path.charAt(0).toLowerCase() === location.charAt(0).toLowerCase();
  return `${isHere ? location : path.slice(0, 2)}\\${path.slice(2)}`;
};

/** Without `.`, `..` and what stands twice. */
const straight = (path: string): string => {
  const [drive = '', ...parts] = path.split('\\');
  const kept: string[] = [];
  for (const part of parts)
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  return kept.length === 0 ? `${drive}\\` : [drive, ...kept].join('\\');
};

/** The administrative share of a volume: `\\HV02\C$\Lists`. From another host there is no third one. */
const shareOf = (call: Call, path: string): Place | ErrorRecord => {
  const { shell } = call;
  const [, name = '', letter = '', rest = ''] = SHARE.exec(path) ?? [];
  const [short = ''] = name.toLowerCase().split('.');
  const host = shell.lab.all('host').find(one => one.name.toLowerCase() === short);
  const isFar = shell.place.remote && host?.id !== shell.computer;
  const has = (one: Id<'host'>): boolean =>
    shell.lab.by('volume', 'host', one).some(volume => volume.letter === letter.toUpperCase());
  if (host === undefined || host.state !== 'Running' || isFar || !has(host.id))
    return pathNotFound(call, path);
  return { host: host.id, path: straight(`${letter}:\\${rest}`) };
};

export const noDrive = ({ shell }: Call, name: string): ErrorRecord =>
  shell.fault({
    message: `Cannot find drive. A drive with the name '${name}' does not exist.`,
    id: 'DriveNotFound',
    category: 'ObjectNotFound',
    exception: 'System.Management.Automation.DriveNotFoundException',
    target: name,
  });

const otherDrive = (call: Call, name: string): ErrorRecord => {
  const what = OTHERS.get(name.toLowerCase());
  if (what === undefined) return noDrive(call, name);
  return call.shell.fault({
    message: `${call.invokedAs} binds, but ${what} not simulated in era 2012.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    target: name,
  });
};

export const parentOf = (path: string): string => {
  const at = path.lastIndexOf('\\');
  return at <= 2 ? path.slice(0, 3) : path.slice(0, at);
};

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

export const joined = (folder: string, name: string): string =>
  `${folder.replace(/\\$/, '')}\\${name}`;

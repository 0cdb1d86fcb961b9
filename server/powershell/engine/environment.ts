import type { Value } from '../value/value.ts';
import type { Core } from './core.ts';

/** $env: of the simulated host. What a session sets is its own. */
const own = new WeakMap<Core, Map<string, { readonly name: string; readonly value: string }>>();

const built = (core: Core): [name: string, value: string][] => {
  const { computerName, domain, user } = core.setup;
  const profile = `C:\\Users\\${user}`;
  return [
    ['ALLUSERSPROFILE', 'C:\\ProgramData'],
    ['APPDATA', `${profile}\\AppData\\Roaming`],
    ['CommonProgramFiles', 'C:\\Program Files\\Common Files'],
    ['COMPUTERNAME', computerName],
    ['ComSpec', 'C:\\Windows\\system32\\cmd.exe'],
    ['HOMEDRIVE', 'C:'],
    ['HOMEPATH', `\\Users\\${user}`],
    ['LOCALAPPDATA', `${profile}\\AppData\\Local`],
    ['LOGONSERVER', `\\\\${computerName}`],
    ['NUMBER_OF_PROCESSORS', '8'],
    ['OS', 'Windows_NT'],
    [
      'Path',
      'C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\',
    ],
    ['PATHEXT', '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC;.CPL'],
    ['PROCESSOR_ARCHITECTURE', 'AMD64'],
    ['ProgramData', 'C:\\ProgramData'],
    ['ProgramFiles', 'C:\\Program Files'],
    ['ProgramFiles(x86)', 'C:\\Program Files (x86)'],
    [
      'PSModulePath',
      `${profile}\\Documents\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules\\`,
    ],
    ['PUBLIC', 'C:\\Users\\Public'],
    ['SESSIONNAME', 'Console'],
    ['SystemDrive', 'C:'],
    ['SystemRoot', 'C:\\Windows'],
    ['TEMP', `${profile}\\AppData\\Local\\Temp`],
    ['TMP', `${profile}\\AppData\\Local\\Temp`],
    ['USERDNSDOMAIN', domain.toUpperCase()],
    ['USERDOMAIN', (domain.split('.')[0] ?? domain).toUpperCase() || computerName],
    ['USERNAME', user],
    ['USERPROFILE', profile],
    ['windir', 'C:\\Windows'],
  ];
};

/** All of them, in the order of their names. */
export const environmentOf = (
  core: Core,
): ReadonlyMap<string, { readonly name: string; readonly value: string }> => {
  const known = own.get(core);
  if (known !== undefined) return known;
  const made = new Map(built(core).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  own.set(core, made);
  return made;
};

export const environment = (core: Core, name: string): Value =>
  environmentOf(core).get(name.toLowerCase())?.value ?? null;

export const setEnvironment = (core: Core, name: string, value: string): void => {
  environmentOf(core);
  const variables = own.get(core);
  if (value === '') variables?.delete(name.toLowerCase());
  else variables?.set(name.toLowerCase(), { name, value });
};

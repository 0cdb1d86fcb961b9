import { ECHO, WITHOUT_LINE } from '../../server/powershell/echo/echo.ts';
import { CMDLETS } from '../../server/powershell/cmdlets/index.ts';
import { NOT_SIMULATED } from '../../server/sim/hypervisor/not-simulated.ts';
import { HYPERCALLS } from '../../server/sim/hypervisor/table.ts';
import { areaName } from '../../server/powershell/manifest/capability.ts';
import { type ManifestCommand, manifestOf } from '../../server/powershell/manifest/manifest.ts';

const SIMULATED = new Set(CMDLETS.map(({ name }) => name));

/** CAPABILITIES.md: which cmdlets do what they say, and which areas are missing. */
export function capabilitiesDocument(): string {
  const modules = new Map<string, ManifestCommand[]>();
  for (const command of manifestOf('newest').all())
    modules.set(command.module, [...(modules.get(command.module) ?? []), command]);
  const sections = [...modules].map(([module, commands]) => section(module, commands));
  return `${[INTRODUCTION, summary(modules), ...sections, echoes(), hypercalls()].join('\n\n')}\n`;
}

const INTRODUCTION = `# What PowerShell can do here

Written by \`npm run docs\` from the cmdlets in \`server/powershell/cmdlets\` and the manifest; a test fails when
it is out of step.

A lab is Windows Server 2012 with Windows PowerShell 3. Every cmdlet of these modules exists, binds its
parameters as the real one does, and has help and completion. One that is not simulated says so by name, for
example: "Enable-VMTPM binds, but virtual TPMs are not simulated in era 2012."`;

const hex = (code: number): string => `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** The hypervisor's own table: what it does, and what it says INVALID_HYPERCALL_CODE to, and why. */
const hypercalls = (): string => {
  const simulated = Object.entries(HYPERCALLS)
    .toSorted((a, b) => a[1].code - b[1].code)
    .map(([name, { code }]) => `\`${name}\` ${hex(code)}`);
  const missing = NOT_SIMULATED.map(
    ({ code, name, since, reason }) =>
      `| ${hex(code)} | \`${name}\`${since === 'later' ? ' (later than 2012)' : ''} | ${reason} |`,
  );
  return [
    '# What the hypervisor can do here',
    `Simulated hypercalls: ${simulated.join(', ')}.`,
    'Any other code is answered INVALID_HYPERCALL_CODE:',
    ['| code | not simulated | why |', '| --- | --- | --- |', ...missing].join('\n'),
  ].join('\n\n');
};

/** Which buttons have no line, and why. */
const echoes = (): string =>
  [
    '# What PowerShell can do of what the buttons do',
    `${Object.keys(ECHO).length} operations have a line that does the same, shown beside their button. These have none:`,
    [
      '| operation | why it has no line |',
      '| --- | --- |',
      ...Object.entries(WITHOUT_LINE).map(([op, why]) => `| \`${op}\` | ${why} |`),
    ].join('\n'),
  ].join('\n\n');

const isSimulated = ({ name }: ManifestCommand): boolean => SIMULATED.has(name);

const inEra = ({ name }: ManifestCommand): boolean => manifestOf('2012').find(name) !== undefined;

const summary = (modules: ReadonlyMap<string, readonly ManifestCommand[]>): string =>
  [
    '| module | cmdlets in 2012 | of these simulated | cmdlets of later versions |',
    '| --- | ---: | ---: | ---: |',
    ...[...modules].map(([module, commands]) => {
      const now = commands.filter(inEra);
      const later = commands.length - now.length;
      return `| ${module} | ${now.length} | ${now.filter(isSimulated).length} | ${later} |`;
    }),
  ].join('\n');

const section = (module: string, commands: readonly ManifestCommand[]): string => {
  const simulated = commands.filter(isSimulated).map(({ name }) => `\`${name}\``);
  const missing = commands.filter(command => !isSimulated(command));
  const areas = new Map<string, ManifestCommand[]>();
  for (const command of missing) {
    const area = areaName(module, command.name);
    areas.set(area, [...(areas.get(area) ?? []), command]);
  }
  const rows = [...areas].map(([area, some]) => `| ${area} | ${some.map(cell).join(', ')} |`);
  return [
    `## ${module}`,
    simulated.length === 0
      ? 'Nothing of this module is simulated.'
      : `Simulated: ${simulated.join(', ')}.`,
    ...(rows.length === 0
      ? []
      : [['| not simulated | cmdlets |', '| --- | --- |', ...rows].join('\n')]),
  ].join('\n\n');
};

const cell = (command: ManifestCommand): string =>
  inEra(command) ? `\`${command.name}\`` : `\`${command.name}\` (later than 2012)`;

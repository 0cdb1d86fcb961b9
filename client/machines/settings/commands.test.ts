import { expect, test } from 'vitest';
import { echoOf, type EchoNames } from '../../../server/powershell/echo/echo.ts';
import { OPERATIONS } from '../../../server/protocol/operation/index.ts';
import { aSubject } from './a-subject.fixture.ts';
import { commandsOf } from './commands.ts';
import { type Draft, edited, type Key, NO_EDITS } from './draft.ts';
import { valueOf } from './subject.ts';

const subject = aSubject();

const NAMES: EchoNames = {
  vm: () => ({ name: 'WEB01', host: 'host:one' }),
  host: () => 'HV01',
  virtualSwitch: () => 'LAN',
  path: () => 'C:\\ISO\\2012.iso',
  adapter: () => 'Network Adapter',
  integrationService: id => subject.services.find(service => service.id === id)?.name,
  service: () => undefined,
};

const draftOf = (edits: readonly (readonly [Key, string])[]): Draft =>
  edits.reduce((draft, [key, mine]) => edited(draft, key, valueOf(subject, key), mine), NO_EDITS);

const linesOf = (draft: Draft): readonly (string | null)[] =>
  commandsOf(subject, draft).map(({ op, args }) =>
    echoOf(op, OPERATIONS[op].args.parse(args) as never, NAMES),
  );

const ON = '-ComputerName HV01';

test.each<readonly [Key, string, string]>([
  [
    'boot-order',
    'IDE,CD,Floppy,LegacyNetworkAdapter',
    `Set-VMBios WEB01 -StartupOrder IDE, CD, Floppy, LegacyNetworkAdapter ${ON}`,
  ],
  ['memory', '1024', `Set-VMMemory WEB01 -StartupBytes 1GB ${ON}`],
  ['count', '2', `Set-VMProcessor WEB01 -Count 2 ${ON}`],
  ['reserve', '10', `Set-VMProcessor WEB01 -Reserve 10 ${ON}`],
  ['limit', '50', `Set-VMProcessor WEB01 -Maximum 50 ${ON}`],
  ['weight', '200', `Set-VMProcessor WEB01 -RelativeWeight 200 ${ON}`],
  ['dvd', 'library-image:iso', `Set-VMDvdDrive WEB01 -Path C:\\ISO\\2012.iso ${ON}`],
  [
    'switch:network-adapter:web',
    'virtual-switch:lan',
    `Connect-VMNetworkAdapter WEB01 -Name 'Network Adapter' -SwitchName LAN ${ON}`,
  ],
  ['name', 'WEB02 ', `Rename-VM WEB01 -NewName WEB02 ${ON}`],
  ['notes', "Ann's", `Set-VM WEB01 -Notes 'Ann''s' ${ON}`],
  [
    'service:integration-service:beat',
    '',
    `Disable-VMIntegrationService -Name Heartbeat -VMName WEB01 ${ON}`,
  ],
  ['start-action', 'Nothing', `Set-VM WEB01 -AutomaticStartAction Nothing ${ON}`],
  ['start-delay', '30', `Set-VM WEB01 -AutomaticStartDelay 30 ${ON}`],
  ['stop-action', 'ShutDown', `Set-VM WEB01 -AutomaticStopAction ShutDown ${ON}`],
])('the line of %s = %s does the same', (key, value, line) => {
  expect(linesOf(draftOf([[key, value]]))).toEqual([line]);
});

test('a page is one line, and everything that is changed belongs to one of them, the name last', () => {
  const edits: readonly (readonly [Key, string])[] = [
    ['name', 'WEB02'],
    ['stop-action', 'TurnOff'],
    ['start-action', 'Start'],
    ['start-delay', '5'],
    ['count', '2'],
    ['weight', '300'],
    ['notes', 'ours'],
    ['boot-order', 'Floppy,IDE,CD,LegacyNetworkAdapter'],
  ];

  const commands = commandsOf(subject, draftOf(edits));

  expect(commands.map(({ op }) => op)).toEqual([
    'vm.configure',
    'vm.setProcessors',
    'vm.configure',
    'vm.configure',
    'vm.configure',
    'vm.rename',
  ]);
  const keys = commands.flatMap(each => each.keys);
  expect(new Set(keys)).toEqual(new Set(edits.map(([key]) => key)));
  expect(linesOf(draftOf(edits))).not.toContain(null);
});

test('what is not changed is not sent', () => {
  expect(commandsOf(subject, NO_EDITS)).toEqual([]);
});

import type { Lab } from '../../fixture/lab.ts';
import { LabObject } from '../../../server/powershell/objects/lab-object.ts';
import { itemsOf, textOf } from '../../../server/powershell/value/text.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import { Wildcard } from '../../../server/powershell/value/wildcard.ts';
import type { Ran } from './watched-shell.ts';

// Records before and after a line, and which of them a command is about.

export interface Rec {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type Records = ReadonlyMap<string, Rec>;

export const copyOf = (lab: Lab): Records =>
  new Map(Object.entries(lab.records() as { readonly [id: string]: Rec }));

/** Kinds that people change by command; the rest follows from them. */
const KINDS =
  /^(vm|vm-snapshot|disk-drive|network-adapter|virtual-disk|integration-service|service|host|virtual-switch|worker-process):/;

/** Fields that move by themselves while time passes, or count. */
const MOVING =
  /^(next|cpuLoad|memory(Assigned|Overhead|Deposited)|heartbeat|runningSince|uptimeBefore|revision|parentRevision|sent|received|lastReceivedAt|nextAt|interceptsHandled|freePages|job|status|fileSize|leases|guestOsName|integrationServicesVersion|ipAddress|frameworkVersion|messageVersion|startedAt|pid|partition|workerProcess|inUse|wasRunning)/;

/** `vm TestVM state Off -> Running`, a sentence each change. */
export const changesBetween = (before: Records, after: Records): readonly string[] =>
  changes(before, after, KINDS);

/** What a guest went through. */
export const guestChanges = (before: Records, after: Records): readonly string[] =>
  changes(before, after, /^guest:/);

const changes = (before: Records, after: Records, kinds: RegExp): readonly string[] => {
  const told: string[] = [];
  for (const [id, record] of after) {
    if (!kinds.test(id)) continue;
    const old = before.get(id);
    if (old === undefined) told.push(`${labelOf(record)} made`);
    else
      for (const [field, value] of Object.entries(record))
        if (!MOVING.test(field) && JSON.stringify(value) !== JSON.stringify(old[field]))
          told.push(
            `${labelOf(old)} ${field} ${JSON.stringify(old[field])} -> ${JSON.stringify(value)}`,
          );
  }
  for (const [id, record] of before)
    if (kinds.test(id) && !after.has(id)) told.push(`${labelOf(record)} gone`);
  return told;
};

const labelOf = (record: Rec): string =>
  `${record.id.slice(0, record.id.indexOf(':'))} ${String(record['name'] ?? record['path'] ?? record.id)}`;

export const ofKind = (records: Records, kind: string): readonly Rec[] =>
  [...records.values()].filter(({ id }) => id.startsWith(`${kind}:`));

export const textsOf = (value: Value | undefined): readonly string[] =>
  value === undefined || value === null ? [] : (itemsOf(value) ?? [value]).map(one => textOf(one));

export const objectsOf = (value: Value | undefined, records: Records): readonly Rec[] =>
  value === undefined || value === null
    ? []
    : (itemsOf(value) ?? [value]).flatMap(one => {
        const record = one instanceof LabObject ? records.get(one.id) : undefined;
        return record === undefined ? [] : [record];
      });

const fits = (patterns: readonly string[], name: unknown): boolean =>
  patterns.some(pattern => new Wildcard(pattern).matches(String(name)));

/** The machines a command names, by the records before it ran. */
export const machinesOf = ({ values, computer }: Ran, records: Records): readonly Rec[] => {
  const objects = [
    'VM',
    'VMMemory',
    'VMProcessor',
    'VMBios',
    'VMDriveController',
    'VMScsiController',
  ].flatMap(name => objectsOf(values.get(name), records));
  if (objects.length > 0) return objects;
  const names = textsOf(values.get('VMName') ?? values.get('Name'));
  const computers = textsOf(values.get('ComputerName')).map(name => name.split('.')[0]);
  const hosts = (computers.length === 0 ? [computer] : computers.map(name => `host:${name}`)).map(
    id => id.toLowerCase(),
  );
  return ofKind(records, 'vm').filter(
    vm => hosts.includes(String(vm['host']).toLowerCase()) && fits(names, vm['name']),
  );
};

/** Parts of those machines, as objects or by their own names. */
export const partsOf = (ran: Ran, kind: string, records: Records): readonly Rec[] => {
  const { values } = ran;
  const given = [
    'VMNetworkAdapter',
    'VMIntegrationService',
    'VMDvdDrive',
    'VMHardDiskDrive',
    'VMSnapshot',
  ];
  const objects = given.flatMap(name => objectsOf(values.get(name), records));
  if (objects.length > 0) return objects;
  const machines = machinesOf(ran, records).map(({ id }) => id);
  const own = values.has('VMName') || values.has('VM') ? textsOf(values.get('Name')) : [];
  return ofKind(records, kind).filter(
    one => machines.includes(String(one['vm'])) && (own.length === 0 || fits(own, one['name'])),
  );
};

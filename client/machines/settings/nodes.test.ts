import { expect, test } from 'vitest';
import { aSubject } from './a-subject.fixture.ts';
import { nodesOf } from './nodes.ts';
import { valueOf } from './subject.ts';
import { settingName, valueName } from './words.ts';

test('the tree has the nodes of Server 2012 in its order, each with its line', () => {
  const subject = aSubject();

  const nodes = nodesOf(subject, key => valueOf(subject, key));

  expect(nodes.map(({ depth, title, line }) => `${'  '.repeat(depth)}${title}|${line}`)).toEqual([
    'Add Hardware|',
    'BIOS|Boot from CD',
    'Memory|512 MB',
    'Processor|1 Virtual processor',
    '  Compatibility|',
    '  NUMA|',
    'IDE Controller 0|',
    '  Hard Drive|WEB01.vhdx',
    'IDE Controller 1|',
    '  DVD Drive|None',
    'SCSI Controller|',
    'Network Adapter|Not connected',
    '  Hardware Acceleration|',
    '  Advanced Features|',
    'COM 1|None',
    'COM 2|None',
    'Diskette Drive|None',
    'Name|WEB01',
    'Integration Services|All services offered',
    'Snapshot File Location|C:\\Hyper-V',
    'Smart Paging File Location|C:\\Hyper-V',
    'Automatic Start Action|Restart if previously running',
    'Automatic Stop Action|Save',
  ]);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
});

test('every setting belongs to one node, so that a change is marked in the tree', () => {
  const subject = aSubject();

  const keys = nodesOf(subject, key => valueOf(subject, key)).flatMap(node => node.keys);

  expect(keys.toSorted()).toEqual([
    'boot-order',
    'count',
    'dvd',
    'limit',
    'memory',
    'name',
    'notes',
    'reserve',
    'service:integration-service:beat',
    'service:integration-service:stop',
    'start-action',
    'start-delay',
    'stop-action',
    'switch:network-adapter:web',
    'weight',
  ]);
});

test('a conflict names settings and values as people do, and never by an id', () => {
  const subject = aSubject();
  const said = nodesOf(subject, key => valueOf(subject, key))
    .flatMap(node => node.keys)
    .map(key => `${settingName(subject, key)}: ${valueName(subject, key, valueOf(subject, key))}`);

  expect(said.filter(text => /[a-z]:\w|: $|^this/u.test(text))).toEqual([]);
  expect(valueName(subject, 'switch:network-adapter:web', 'virtual-switch:lan')).toBe('LAN');
  expect(valueName(subject, 'dvd', 'library-image:iso')).toBe('Server 2012');
  expect(valueName(subject, 'boot-order', 'IDE,LegacyNetworkAdapter')).toBe(
    'IDE, Legacy Network adapter',
  );
});

import { expect, test } from 'vitest';
import { EVENTS } from './event-log.ts';

// Ids, logs, levels and words once more, by hand.

const WORKER = 'Microsoft-Windows-Hyper-V-Worker-Admin Hyper-V-Worker vmwp';
const VMMS = 'Microsoft-Windows-Hyper-V-VMMS-Admin Hyper-V-VMMS vmms';

test.each<[id: keyof typeof EVENTS, log: string, level: string, sentence: string]>([
  [
    3122,
    VMMS,
    'Error',
    "'{vm}' was unable to allocate {megabytes} MB of RAM: Insufficient system resources exist to complete the requested service. (0x800705AA). (Virtual machine ID {id})",
  ],
  [12030, VMMS, 'Error', "'{vm}' failed to start. (Virtual machine ID {id})"],
  [
    12140,
    WORKER,
    'Error',
    "'{vm}': Failed to open attachment '{path}'. Error: '{error}'. (Virtual machine ID {id})",
  ],
  [
    12240,
    WORKER,
    'Error',
    "'{vm}': Attachment '{path}' not found. Error: '{error}'. (Virtual machine ID {id})",
  ],
  [13002, VMMS, 'Information', "The virtual machine '{vm}' was created. (Virtual machine ID {id})"],
  [13003, VMMS, 'Information', "The virtual machine '{vm}' was deleted. (Virtual machine ID {id})"],
  [14070, VMMS, 'Critical', "Virtual machine '{vm}' (ID={id}) has quit unexpectedly."],
  [14092, VMMS, 'Information', 'Virtual Machine Management service is starting.'],
  [14094, VMMS, 'Information', 'Virtual Machine Management service is started successfully.'],
  [14096, VMMS, 'Information', 'Virtual Machine Management service is stopped.'],
  [18500, WORKER, 'Information', "'{vm}' started successfully. (Virtual machine ID {id})"],
  [18502, WORKER, 'Information', "'{vm}' was turned off. (Virtual machine ID {id})"],
  [
    18504,
    WORKER,
    'Information',
    "'{vm}' was shut down using the Shutdown Integration Component. (Virtual machine ID {id})",
  ],
  [
    18508,
    WORKER,
    'Information',
    "'{vm}' was shut down by the guest operating system. (Virtual machine ID {id})",
  ],
  [18510, WORKER, 'Information', "'{vm}' saved successfully. (Virtual machine ID {id})"],
  [18512, WORKER, 'Information', "'{vm}' was reset. (Virtual machine ID {id})"],
  [
    18514,
    WORKER,
    'Information',
    "'{vm}' was reset by the guest operating system. (Virtual machine ID {id})",
  ],
  [18516, WORKER, 'Information', "'{vm}' was paused. (Virtual machine ID {id})"],
  [18518, WORKER, 'Information', "'{vm}' was resumed. (Virtual machine ID {id})"],
  [18596, WORKER, 'Information', "'{vm}' was restored successfully. (Virtual machine ID {id})"],
])('[WP11] event %i stands in its log, at its level, in its words', (id, log, level, sentence) => {
  const event = EVENTS[id];

  expect(`${event.channel} ${event.source} ${event.from}`).toBe(log);
  expect([event.level, event.sentence]).toEqual([level, sentence]);
});

test('[WP11] there are twenty of them', () => {
  expect(Object.keys(EVENTS)).toHaveLength(20);
});

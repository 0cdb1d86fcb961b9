import { expect, test } from 'vitest';
import { microseconds, milliseconds, seconds } from '../../protocol/time.ts';
import { COMPONENTS } from './components.ts';
import * as durations from './duration.ts';
import { IC_FLAG, IC_STATUS, IC_TYPE } from './ic/message.ts';

// Versions, codes and times of devices once more, by hand.

test('[DV45] the components of 2012 speak the newest versions of their time, those of 2008 R2 older ones', () => {
  expect(COMPONENTS['6.2.9200.16384']).toEqual({
    vmbus: [0x20004, 0x10001, 0x0000d],
    storvsc: [0x0501, 0x0402, 0x0200],
    netvsc: [0x40000, 0x30002, 0x00002],
    video: [0x20003, 0x00003],
    mouse: [0x20000],
    keyboard: [0x10000],
    dynamicMemory: [0x10000, 0x00003],
    framework: ['3.0', '1.0'],
    services: {
      heartbeat: ['3.0', '1.0'],
      keyValuePair: ['4.0', '3.0'],
      shutdown: ['3.0', '1.0'],
      timeSync: ['3.0', '1.0'],
      vss: ['4.0', '3.0'],
      remoteDesktop: ['3.0', '1.0'],
    },
  });
  expect(COMPONENTS['6.1.7601.17514']).toEqual({
    vmbus: [0x10001, 0x0000d],
    storvsc: [0x0402, 0x0200],
    netvsc: [0x30002, 0x00002],
    video: [0x00003],
    mouse: [0x20000],
    keyboard: null,
    dynamicMemory: [0x00003],
    framework: ['3.0', '1.0'],
    services: {
      heartbeat: ['3.0', '1.0'],
      keyValuePair: ['3.0'],
      shutdown: ['3.0', '1.0'],
      timeSync: ['3.0', '1.0'],
      vss: ['3.0'],
      remoteDesktop: null,
    },
  });
  expect(Object.keys(COMPONENTS)).toHaveLength(2);
});

test('[DV46] messages of integration services have their types, flags and results', () => {
  expect(IC_TYPE).toEqual({
    Negotiate: 0,
    Heartbeat: 1,
    KeyValuePair: 2,
    Shutdown: 3,
    TimeSync: 4,
    Vss: 5,
    RemoteDesktop: 6,
  });
  expect(IC_FLAG).toEqual({ Transaction: 1, Request: 2, Response: 4 });
  expect(IC_STATUS).toEqual({
    Success: 0,
    Fail: 0x80004005,
    NotSupported: 0x80070032,
    NotFound: 0x80041002,
    NoMoreItems: 0x80070103,
  });
});

test('[DV47] devices take microseconds, their drivers milliseconds, and beats have their periods', () => {
  expect({ ...durations }).toEqual({
    KERNEL_VSP: microseconds(15),
    WORKER_VSP: microseconds(40),
    KERNEL_VSC: microseconds(30),
    GUEST_SERVICE: microseconds(400),
    ADD_DISK: milliseconds(4),
    BIND_ADAPTER: milliseconds(25),
    ALLOCATE_BUFFER: milliseconds(3),
    HEARTBEAT_PERIOD: seconds(2),
    HEARTBEATS_MISSED: 3,
    TIME_SAMPLE_PERIOD: seconds(5),
    MEMORY_STATUS_PERIOD: seconds(1),
    TELL_GUEST: microseconds(20),
    TELL_WORKER: microseconds(30),
  });
});

import { expect, test } from 'vitest';
import * as limits from './limits.ts';

test('[HW8] what a host, a machine and a disk may have is that of Windows Server 2012', () => {
  const gib = 1024 ** 3;

  expect(limits.HOST_LIMITS).toEqual({
    logicalProcessors: 320,
    memory: 4096 * gib,
    runningVirtualMachines: 1024,
    virtualProcessors: 2048,
  });
  expect(limits.VM_LIMITS).toEqual({
    virtualProcessors: 64,
    memory: 1024 * gib,
    memoryMinimum: 8 * 1024 * 1024,
    memoryStep: 2 * 1024 * 1024,
    syntheticNetworkAdapters: 8,
    legacyNetworkAdapters: 4,
    scsiControllers: 4,
    scsiLocations: 64,
  });
  expect(limits.DISK_LIMITS).toEqual({ VHD: 2040 * gib, VHDX: 64 * 1024 * gib });
});

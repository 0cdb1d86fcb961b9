import { GIB, MIB, TIB } from './page.ts';

// What Hyper-V of Windows Server 2012 supports: MS Learn, Hyper-V scalability in Windows Server
// 2012 and Windows Server 2012 R2 (jj680093). The 2,048 virtual processors a host are recalled.

export const HOST_LIMITS = {
  logicalProcessors: 320,
  memory: 4 * TIB,
  runningVirtualMachines: 1024,
  virtualProcessors: 2048,
} as const;

export const VM_LIMITS = {
  virtualProcessors: 64,
  memory: TIB,
  /** Startup memory: at least 8 MB, in steps of 2 MB. */
  memoryMinimum: 8 * MIB,
  memoryStep: 2 * MIB,
  syntheticNetworkAdapters: 8,
  legacyNetworkAdapters: 4,
  scsiControllers: 4,
  scsiLocations: 64,
} as const;

export const DISK_LIMITS = {
  VHD: 2040 * GIB,
  VHDX: 64 * TIB,
} as const;

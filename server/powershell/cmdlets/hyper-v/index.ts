import type { Cmdlet } from '../../engine/cmdlet.ts';
import {
  getVmBios,
  getVmComPort,
  getVmFloppyDiskDrive,
  getVmIdeController,
  getVmNetworkAdapterVlan,
  getVmScsiController,
} from './get-board.ts';
import { getVhd, getVmHost } from './get-host.ts';
import { addVmDvdDrive, addVmHardDiskDrive } from './add-drive.ts';
import {
  removeVmDvdDrive,
  removeVmHardDiskDrive,
  setVmDvdDrive,
  setVmHardDiskDrive,
} from './change-drive.ts';
import { convertVhd, mergeVhd, optimizeVhd, resizeVhd, setVhd } from './edit-vhd.ts';
import { getVmHostNumaNode, getVmHostNumaNodeStatus } from './get-numa.ts';
import {
  getVm,
  getVmDvdDrive,
  getVmHardDiskDrive,
  getVmIntegrationService,
  getVmMemory,
  getVmNetworkAdapter,
  getVmProcessor,
} from './get-parts.ts';
import { disableVmIntegrationService, enableVmIntegrationService } from './integration.ts';
import { connectVmNetworkAdapter, disconnectVmNetworkAdapter, getVmSwitch } from './network.ts';
import { newVhd } from './new-vhd.ts';
import { newVm } from './new-vm.ts';
import {
  removeVm,
  removeVmSavedState,
  restartVm,
  resumeVm,
  saveVm,
  startVm,
  stopVm,
  suspendVm,
} from './power.ts';
import { renameVm } from './rename-vm.ts';
import { setVmBios } from './set-vm-bios.ts';
import {
  checkpointVm,
  getVmSnapshot,
  removeVmSnapshot,
  renameVmSnapshot,
  restoreVmSnapshot,
} from './snapshots.ts';
import { addVmScsiController, removeVmScsiController } from './scsi-controllers.ts';
import { setVm, setVmMemory, setVmProcessor } from './set-vm.ts';
import { testVhd } from './test-vhd.ts';

/** Cmdlets of the Hyper-V module whose operations the lab simulates. */
export const HYPER_V_CMDLETS: readonly Cmdlet[] = [
  addVmDvdDrive,
  addVmHardDiskDrive,
  addVmScsiController,
  checkpointVm,
  connectVmNetworkAdapter,
  convertVhd,
  disableVmIntegrationService,
  disconnectVmNetworkAdapter,
  enableVmIntegrationService,
  getVhd,
  getVm,
  getVmDvdDrive,
  getVmHardDiskDrive,
  getVmHost,
  getVmBios,
  getVmComPort,
  getVmFloppyDiskDrive,
  getVmHostNumaNode,
  getVmHostNumaNodeStatus,
  getVmIdeController,
  getVmIntegrationService,
  getVmMemory,
  getVmNetworkAdapter,
  getVmNetworkAdapterVlan,
  getVmProcessor,
  getVmScsiController,
  getVmSnapshot,
  getVmSwitch,
  mergeVhd,
  newVhd,
  newVm,
  optimizeVhd,
  removeVm,
  removeVmDvdDrive,
  removeVmHardDiskDrive,
  removeVmSavedState,
  removeVmScsiController,
  removeVmSnapshot,
  renameVm,
  renameVmSnapshot,
  resizeVhd,
  restartVm,
  restoreVmSnapshot,
  resumeVm,
  saveVm,
  setVhd,
  setVm,
  setVmBios,
  setVmDvdDrive,
  setVmHardDiskDrive,
  setVmMemory,
  setVmProcessor,
  startVm,
  stopVm,
  suspendVm,
  testVhd,
];

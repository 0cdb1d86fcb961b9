import { must } from '../../base/assert.ts';
import type { PartitionId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Offer } from '../vmbus/offer.ts';
import { dynamicMemory } from './dynamic-memory/dynamic-memory.ts';
import { heartbeat } from './ic/heartbeat.ts';
import { kvp } from './ic/kvp.ts';
import { remoteDesktop } from './ic/remote-desktop.ts';
import { keyOfDevice, serviceId } from './ic/service.ts';
import { shutdown } from './ic/shutdown.ts';
import { timeSync } from './ic/time-sync.ts';
import { vss } from './ic/vss.ts';
import { keyboard } from './keyboard/keyboard.ts';
import { mouse } from './mouse/mouse.ts';
import { networkAdapter } from './netvsp/device.ts';
import { ideAccelerator, scsiController } from './storvsp/device.ts';
import { video } from './video/video.ts';
import type { Device } from './vsp.ts';

/** Every device of Server 2012's bus, in the order a host offers them (chosen). */
export const DEVICES: readonly Device[] = [
  video,
  keyboard,
  mouse,
  dynamicMemory,
  shutdown,
  timeSync,
  heartbeat,
  kvp,
  vss,
  remoteDesktop,
  ideAccelerator,
  scsiController,
  networkAdapter,
];

const BY_NAME = new Map(DEVICES.map(device => [device.name, device]));

export function deviceNamed(name: string): Device {
  return must(BY_NAME.get(name), `${name} is in the table of devices`);
}

/** The offers of a generation 1 virtual machine of Server 2012, in the host's order. */
export function offersFor(turn: Turn, vm: VmId, _partition: PartitionId): readonly Offer[] {
  return DEVICES.flatMap(device =>
    isEnabled(turn, vm, device.name) ? offersOf(turn, vm, device) : [],
  );
}

/** A device's offers, whether it is switched on or not. */
export function offersOf(turn: Turn, vm: VmId, device: Device): readonly Offer[] {
  const { name, interfaceType, offerFlags: flags, mmioMegabytes } = device;
  return device.vsp.offers(turn, turn.must('vm', vm)).map(offered => ({
    device: name,
    interfaceType,
    flags,
    mmioMegabytes,
    subchannelIndex: 0,
    ...offered,
  }));
}

/** An integration service that is switched off is not offered. */
function isEnabled(turn: Turn, vm: VmId, device: string): boolean {
  const key = keyOfDevice(device);
  if (key === null) return true;
  return turn.get('integration-service', serviceId(vm, key))?.enabled ?? true;
}

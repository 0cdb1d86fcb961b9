import { unreachable } from '../../base/assert.ts';
import type { ChannelId, DiskId } from '../../protocol/id.ts';
import { ticks } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import { handler } from '../engine/handler.ts';
import type { Message } from '../engine/message.ts';
import { COMPONENTS } from '../devices/components.ts';
import type { VscToGuest } from '../devices/vsc.ts';
import type { VmbusToGuest } from '../vmbus/client.ts';
import { connectVmbus, unloadVmbus } from '../vmbus/client.ts';
import { partitionOf } from '../vmbus/bus-id.ts';
import type { BootMedium } from './boot.ts';
import { findBootMedium } from './boot.ts';
import { driverReady, driversAreReady, offered, startServices } from './drivers.ts';
import { discoverHypervisor } from './enlightenment.ts';
import type { AccessMade, Guest, StageEnds } from './guest.ts';
import { componentsOf, enter, makeAccesses, stageOf, tellWorker, waitOn } from './guest.ts';
import { beginSetup, continueSetup, specialised } from './setup.ts';
import type { AddressDue } from './network-address.ts';
import { configureNetwork, takeAddress } from './network-address.ts';
import { shutDownGuest } from './shut-down.ts';
import type { TimerTicks } from './timer-tick.ts';
import { startTicking, tick } from './timer-tick.ts';

// The way of a guest from the reset vector to a system that is ready, and down again.

type GuestMessage = StageEnds | AccessMade | TimerTicks | AddressDue | VmbusToGuest | VscToGuest;

export const guestHandler = handler(
  'guest',
  (turn, guest: Guest, message: Message & GuestMessage) => {
    switch (message.type) {
      case 'StageEnds':
        // The timer of a stage that was left, or of one that was paused since.
        if (guest.suspended || message.stage !== guest.stage) return;
        if (message.until === guest.phaseUntil) endStage(turn, guest);
        return;
      case 'VmbusConnected':
      case 'ChannelRescinded':
      case 'VmbusUnloaded':
        return;
      case 'VmbusRefused':
        turn.patch('guest', guest.id, { offersDelivered: true });
        return endDrivers(turn, guest);
      case 'ChannelOffered':
        return offered(turn, guest, message.channel as ChannelId);
      case 'OffersDelivered':
        turn.patch('guest', guest.id, { offersDelivered: true });
        return endDrivers(turn, guest);
      case 'VscReady':
      case 'VscFailed':
        driverReady(turn, guest, message);
        configureNetwork(turn, guest);
        return endDrivers(turn, guest);
      case 'AccessMade':
        return makeAccesses(turn, guest.id);
      case 'TimerTicks':
        return tick(turn, guest, message);
      case 'AddressDue':
        return takeAddress(turn, guest, message.adapter);
      case 'ShutdownRequested':
        return shutDownGuest(turn, guest, 'host');
      default:
        return unreachable(message);
    }
  },
);

function endStage(turn: Turn, guest: Guest): void {
  const { id } = guest;
  const stage = stageOf(guest);
  switch (stage) {
    case 'post':
      return boot(turn, guest);
    case 'press-any-key': {
      const { medium } = findBootMedium(turn, guest.vm);
      return medium === null ? enter(turn, id, 'no-boot-device') : load(turn, guest, medium);
    }
    case 'setup':
      return continueSetup(turn, guest);
    case 'loader':
      enter(turn, id, 'kernel');
      return discoverHypervisor(turn, guest);
    case 'kernel':
      return beginDrivers(turn, guest);
    case 'drivers':
      waitOn(turn, guest);
      return endDrivers(turn, guest);
    case 'specialise':
      specialised(turn, guest);
      return enter(turn, id, 'services');
    case 'services':
      enter(turn, id, 'integration-services');
      return startServices(turn, guest);
    case 'integration-services':
      return enter(turn, id, 'ready');
    case 'shutting-down':
      if (guest.components !== null) unloadVmbus(turn, partitionOf(id));
      return enter(turn, id, 'soft-off');
    case 'soft-off':
      return tellWorker(turn, guest, { type: 'GuestPoweredOff', by: guest.shutDownBy ?? 'guest' });
    case 'dump':
      return tellWorker(turn, guest, { type: 'GuestReset' });
    case 'off':
      return enter(turn, id, 'post');
    case 'no-boot-device':
    case 'setup-stuck':
    case 'ready':
    case 'frozen':
      return;
    default:
      return unreachable(stage);
  }
}

function boot(turn: Turn, guest: Guest): void {
  const { medium, pressAnyKey } = findBootMedium(turn, guest.vm);
  if (medium === null) enter(turn, guest.id, 'no-boot-device');
  else if (pressAnyKey) enter(turn, guest.id, 'press-any-key');
  else load(turn, guest, medium);
}

function load(turn: Turn, guest: Guest, medium: BootMedium): void {
  if (medium.type === 'Iso') return beginSetup(turn, guest, medium.os);
  const { os, disk, content } = medium;
  turn.patch('guest', guest.id, {
    os,
    bootDisk: disk,
    computerName: content.computerName,
    components: content.integrationComponents,
  });
  enter(turn, guest.id, 'loader');
}

/** The kernel is up: the bus first, because the drivers of the synthetic devices stand on it. */
function beginDrivers(turn: Turn, guest: Guest): void {
  const components = componentsOf(guest);
  const versions = components === null ? undefined : COMPONENTS[components.components]?.vmbus;
  if (versions === undefined) {
    enter(turn, guest.id, 'ready');
    return startTicking(turn, guest.id);
  }
  enter(turn, guest.id, 'drivers');
  connectVmbus(turn, guest.id, versions);
}

/** Past the drivers, once their time is over and each has either its device or has given up. */
function endDrivers(turn: Turn, guest: Guest): void {
  if (stageOf(guest) !== 'drivers' || guest.phaseUntil !== null || guest.suspended) return;
  if (!driversAreReady(guest)) return;
  const sysprepped = turn.must('virtual-disk', guest.bootDisk as DiskId).content.sysprepped;
  enter(turn, guest.id, sysprepped ? 'specialise' : 'services');
}

/** A paused guest goes on: with what was left of its stage, or with what that stage was to end in. */
export function resumeStage(turn: Turn, guest: Guest): void {
  const { phaseLeft, id, stage } = guest;
  turn.patch('guest', id, { suspended: false, phaseLeft: null });
  configureNetwork(turn, guest);
  if (phaseLeft === null) return endStage(turn, guest);
  makeAccesses(turn, id);
  const until = turn.now + phaseLeft;
  turn.patch('guest', id, { phaseUntil: until });
  turn.send(id, { type: 'StageEnds', stage, until }, ticks(phaseLeft));
}

import { must } from '../../base/assert.ts';
import type { DiskId } from '../../protocol/id.ts';
import type { GuestSystem } from '../../protocol/lab-file.ts';
import type { Turn } from '../engine/turn.ts';
import { MIB } from '../hardware/page.ts';
import { forgetWritten, partitionWhole, writeContent, writeDisk } from '../storage/virtual-disk.ts';
import { firstDisk } from './boot.ts';
import { SETUP_STEP_PERCENT } from './duration.ts';
import type { Guest } from './guest.ts';
import { enter, systemOf, tellOf, tellWorker } from './guest.ts';
import { OPERATING_SYSTEMS } from './operating-system.ts';
import { SCREEN, setupScreen } from './screen.ts';

// Setup from a DVD, which writes a system onto the first IDE disk, and the specialise pass, which
// makes a prepared image into this machine's own.

export function beginSetup(turn: Turn, guest: Guest, os: GuestSystem): void {
  turn.patch('guest', guest.id, { installs: os, installPercent: 0 });
  const disk = firstDisk(turn, guest.vm);
  const system = OPERATING_SYSTEMS[os];
  if (disk === null) return stop(turn, guest, SCREEN.noDrives);
  if (turn.must('virtual-disk', disk).maximumSize < system.minimumDisk) {
    return stop(turn, guest, SCREEN.diskTooSmall);
  }
  tellOf(turn, guest, `Setup of ${system.name} began from the DVD`);
  turn.patch('guest', guest.id, { screen: setupScreen(system, 0) });
  partitionWhole(turn, disk);
  enter(turn, guest.id, 'setup');
}

function stop(turn: Turn, guest: Guest, screen: string): void {
  turn.patch('guest', guest.id, { screen });
  enter(turn, guest.id, 'setup-stuck');
}

/** One part of setup is done; after the last the disk has a system and the machine restarts. */
export function continueSetup(turn: Turn, guest: Guest): void {
  const percent = Math.min(100, guest.installPercent + SETUP_STEP_PERCENT);
  const system = systemOf(guest);
  const disk = must(firstDisk(turn, guest.vm), 'IDE disks stay while a virtual machine runs');
  const bytes = Math.floor((system.installed * SETUP_STEP_PERCENT) / 100);
  const at = Math.floor((system.installed * guest.installPercent) / 100);
  const written = writeDisk(turn, disk, { at, bytes });
  if (!written.ok) return stop(turn, guest, SCREEN.writeFailed);
  turn.patch('guest', guest.id, { installPercent: percent, screen: setupScreen(system, percent) });
  if (percent < 100) return enter(turn, guest.id, 'setup');
  writeContent(turn, disk, {
    os: guest.installs,
    sysprepped: true,
    computerName: null,
    integrationComponents: system.components,
  });
  tellOf(turn, guest, `Setup of ${system.name} is done; it restarts`);
  tellWorker(turn, guest, { type: 'GuestReset' });
}

/** The specialise pass is done: the image is this machine now, with a name of its own. */
export function specialised(turn: Turn, guest: Guest): void {
  const disk = guest.bootDisk as DiskId;
  writeTemporary(turn, guest, disk);
  const computerName = newComputerName(turn, guest);
  const { content } = turn.must('virtual-disk', disk);
  writeContent(turn, disk, { ...content, sysprepped: false, computerName });
  turn.patch('guest', guest.id, { computerName });
  tellOf(turn, guest, `Setup named the computer ${computerName}`);
}

/** Drivers, caches and logs that the specialise pass writes and deletes again (chosen). */
const SPECIALISE_WRITES = 512 * MIB;

function writeTemporary(turn: Turn, guest: Guest, disk: DiskId): void {
  const there = { at: systemOf(guest).installed, bytes: SPECIALISE_WRITES };
  if (writeDisk(turn, disk, there).ok) forgetWritten(turn, disk, there);
}

// Setup's own names: WIN- and eleven letters or digits.
const NAME_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function newComputerName(turn: Turn, guest: Guest): string {
  const signs = Array.from({ length: 11 }, () =>
    NAME_SIGNS.charAt(turn.drawBetween('guest', guest.id, 0, NAME_SIGNS.length - 1)),
  );
  return `WIN-${signs.join('')}`;
}

import type { OperatingSystem } from './operating-system.ts';

// What the console shows. Sentences of the BIOS and of Windows are recalled.

export const SCREEN = {
  off: '',
  post: 'Hyper-V',
  pressAnyKey: 'Press any key to boot from CD or DVD......',
  noBootDevice:
    'Boot failure. Reboot and Select proper Boot device\nor Insert Boot Media in selected Boot device_',
  noDrives:
    'Where do you want to install Windows?\n\nWe couldn’t find any drives. To get a storage driver, click Load driver.',
  diskTooSmall:
    'Where do you want to install Windows?\n\nWindows cannot be installed on this drive: it is too small.',
  writeFailed:
    'Windows could not copy the files that it needs. Make sure that there is room on the disk, and restart the installation.',
  gettingReady: 'Getting devices ready',
  starting: 'Please wait',
  shuttingDown: 'Shutting down',
} as const;

export function loaderScreen(os: OperatingSystem): string {
  return os.guestOsId === null ? 'Starting MS-DOS...' : `Loading ${os.name}`;
}

export function setupScreen(os: OperatingSystem, percent: number): string {
  if (os.guestOsId === null) return `MS-DOS Setup\n\n${percent}% complete`;
  return `Installing Windows\n\nCopying Windows files\nGetting files ready for installation (${percent}%)\nInstalling features\nInstalling updates\nFinishing up`;
}

/** Windows 8 and Server 2012 show a face; older ones a blue page of text. */
export function crashScreen(os: OperatingSystem): string {
  const stop = 'MANUALLY_INITIATED_CRASH';
  return os.version.startsWith('6.2')
    ? `:(\nYour PC ran into a problem and needs to restart. We’re just collecting some error info, and then we’ll restart for you.\n\n${stop}`
    : `A problem has been detected and Windows has been shut down to prevent damage to your computer.\n\n${stop}\n\n${'*'.repeat(3)} STOP: 0x000000E2\n\nBeginning dump of physical memory`;
}

import type { Cmdlet } from '../../engine/cmdlet.ts';
import { getCounter } from './get-counter.ts';
import { getRandom } from './get-random.ts';
import { getWindowsFeature } from './get-windows-feature.ts';
import { getWinEvent } from './get-win-event.ts';
import { getNetAdapter, getVolume } from './host-hardware.ts';
import { restartComputer, stopComputer } from './power.ts';
import { getProcess, stopProcess } from './processes.ts';
import { getService, restartService, startService, stopService } from './services.ts';
import { testConnection } from './test-connection.ts';

/** Cmdlets about the hosts themselves: services, processes, logs, power, network. */
export const SYSTEM_CMDLETS: readonly Cmdlet[] = [
  getCounter,
  getNetAdapter,
  getProcess,
  getRandom,
  getService,
  getVolume,
  getWinEvent,
  getWindowsFeature,
  restartComputer,
  restartService,
  startService,
  stopComputer,
  stopProcess,
  stopService,
  testConnection,
];

import { ok } from '../../base/result.ts';
import type { Step } from '../engine/procedure.ts';
import { closeDisks, disconnectNetwork } from '../vmwp/attachment.ts';
import { freeMemory, removeBus, removePartition } from '../vmwp/build.ts';
import { powerOffDevices, suspendProcessors } from '../vmwp/power.ts';
import { exitWorker } from '../vmwp/worker-process.ts';
import {
  CLOSE_ATTACHMENTS,
  CLOSE_BUS,
  END_WORKER,
  POWER_OFF_DEVICES,
  SUSPEND_PROCESSORS,
  TEAR_DOWN,
} from './duration.ts';
import { vmOf } from './procedure.ts';

// The way down, the reverse of the way up: what turning off and saving have in common.

const DONE = ok(null);

export const SUSPEND: Step = {
  component: 'vid',
  title: 'Suspending the virtual processors',
  duration: SUSPEND_PROCESSORS,
  run: (turn, job) => {
    suspendProcessors(turn, vmOf(job));
    return DONE;
  },
};

export const CLOSE: readonly Step[] = [
  {
    component: 'vmwp',
    title: 'Powering off devices',
    duration: POWER_OFF_DEVICES,
    run: (turn, job) => {
      powerOffDevices(turn, vmOf(job));
      return DONE;
    },
  },
  {
    component: 'vmbusr',
    title: 'Closing the VMBus',
    duration: CLOSE_BUS,
    run: (turn, job) => {
      removeBus(turn, vmOf(job));
      return DONE;
    },
  },
  {
    component: 'vmwp',
    title: 'Closing storage attachments and switch ports',
    duration: CLOSE_ATTACHMENTS,
    run: (turn, job) => {
      closeDisks(turn, vmOf(job));
      disconnectNetwork(turn, vmOf(job));
      return DONE;
    },
  },
  {
    component: 'vid',
    title: 'Tearing down the partition',
    duration: TEAR_DOWN,
    run: (turn, job) => {
      freeMemory(turn, vmOf(job));
      removePartition(turn, vmOf(job));
      turn.patch('vm', vmOf(job), { partition: null, memoryAssigned: 0 });
      return DONE;
    },
  },
  {
    component: 'vmwp',
    title: 'Ending the worker process',
    duration: END_WORKER,
    run: (turn, job) => {
      const { workerProcess } = turn.must('vm', vmOf(job));
      turn.patch('vm', vmOf(job), { workerProcess: null });
      if (workerProcess !== null) exitWorker(turn, workerProcess);
      return DONE;
    },
  },
];

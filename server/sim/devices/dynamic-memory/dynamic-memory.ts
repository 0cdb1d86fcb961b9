import { must } from '../../../base/assert.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { PAGE_SIZE } from '../../vmbus/ring.ts';
import { KERNEL_VSC, MEMORY_STATUS_PERIOD, WORKER_VSP } from '../duration.ts';
import { sendPacket, shown } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import type { Vsc, Vsp } from '../vsp.ts';
import { defineVsp, numberOf, patchVsc, patchVsp, proceedAfter, textOf, vscState } from '../vsp.ts';
import type { MemoryFields, MemoryName } from './message.ts';
import {
  CAPABILITY,
  decodeMemory,
  encodeMemory,
  memoryHead,
  memoryVersionText,
} from './message.ts';

// Dynamic memory: the worker process asks a driver of the guest (dmvsc.sys) how it does, and could
// have it give pages back. It is offered to every virtual machine; a guest whose memory is static
// agrees on everything and reports nothing (chosen).

const VERSIONS: readonly number[] = [0x1_0000, 0x0_0003];

/** Hot added memory comes in blocks of 2^1 MB: "the host works in 2 MB chunks". */
const ALIGNMENT = 1 << 2;

/** Of what a guest has, how much it uses with nothing to do, in hundredths (chosen). */
const COMMITTED = 35;

interface Said<N extends MemoryName> {
  readonly to: 'host' | 'guest';
  readonly name: N;
  readonly transaction: number;
  readonly fields: MemoryFields<N>;
  readonly detail?: string;
}

function say<N extends MemoryName>(turn: Turn, channel: Channel, said: Said<N>): void {
  const { to, name, transaction, fields, detail = '' } = said;
  sendPacket(turn, channel.id, {
    to,
    payload: encodeMemory(name, transaction, fields),
    telling: {
      as: name === 'StatusReport' ? 'trace' : 'fact',
      summary: `${name}${detail}`,
      data: { message: name, fields: shown(fields) },
    },
  });
}

const vsp: Vsp = {
  component: 'vmwp',
  work: WORKER_VSP,
  offers: () => [
    {
      label: 'Dynamic Memory',
      instanceId: '1eccfd72-4b41-45ef-b73a-4a6e44c12924',
      userDefined: '',
    },
  ],
  open: () => ({ state: 'Opened' }),
  receive(turn, channel, { payload }) {
    const { name, transactionId: transaction } = memoryHead(payload);
    if (name === 'VersionRequest') {
      const { version } = decodeMemory(name, payload);
      const isAccepted = VERSIONS.includes(version) ? 1 : 0;
      if (isAccepted === 1) {
        patchVsp(turn, channel.id, { state: 'VersionAgreed' });
        turn.patch('vmbus-channel', channel.id, { protocol: memoryVersionText(version) });
      }
      const fields = { isAccepted };
      say(turn, channel, { to: 'guest', name: 'VersionResponse', transaction, fields });
    } else if (name === 'CapabilitiesReport') {
      patchVsp(turn, channel.id, { state: 'Ready' });
      const fields = { isAccepted: 1 };
      say(turn, channel, { to: 'guest', name: 'CapabilitiesResponse', transaction, fields });
    }
    // A status report wants no answer.
  },
};

const vsc: Vsc = {
  component: 'guest',
  work: KERNEL_VSC,
  // Linux: 20 KB each way.
  ringPages: 5,
  isIn: () => true,
  load: (_channel, _os, { dynamicMemory: versions }) => ({
    step: 'Version',
    versions,
    version: must(versions[0], 'a driver knows a version'),
    transaction: 0,
  }),
  start: (turn, channel) => askVersion(turn, channel, numberOf(vscState(channel), 'version')),
  receive(turn, channel, { payload }) {
    const { name } = memoryHead(payload);
    if (name === 'VersionResponse') versionAnswered(turn, channel, payload);
    else if (name === 'CapabilitiesResponse') {
      vscReady(turn, channel.id);
      if (!turn.must('vm', channel.vm).dynamicMemory) return;
      proceedAfter(turn, channel.id, MEMORY_STATUS_PERIOD);
    }
  },
  proceed(turn, channel) {
    if (textOf(vscState(channel), 'step') !== 'Ready') return;
    reportStatus(turn, channel);
    proceedAfter(turn, channel.id, MEMORY_STATUS_PERIOD);
  },
};

function nextTransaction(turn: Turn, channel: Channel): number {
  const transaction = numberOf(vscState(turn.must('vmbus-channel', channel.id)), 'transaction') + 1;
  patchVsc(turn, channel.id, { transaction });
  return transaction;
}

function askVersion(turn: Turn, channel: Channel, version: number): void {
  patchVsc(turn, channel.id, { version });
  const versions = vscState(channel)['versions'] as readonly number[];
  const detail = ` ${memoryVersionText(version)}`;
  turn.patch('vmbus-channel', channel.id, { deviceState: `VersionRequest${detail}` });
  say(turn, channel, {
    to: 'host',
    name: 'VersionRequest',
    transaction: nextTransaction(turn, channel),
    fields: { version, isLastAttempt: versions.at(-1) === version ? 1 : 0 },
    detail,
  });
}

function versionAnswered(turn: Turn, channel: Channel, payload: Uint8Array): void {
  const state = vscState(channel);
  if (decodeMemory('VersionResponse', payload).isAccepted !== 1) {
    const versions = state['versions'] as readonly number[];
    const lower = versions[versions.indexOf(numberOf(state, 'version')) + 1];
    if (lower === undefined) return vscFailed(turn, channel.id, 'no version in common');
    return askVersion(turn, channel, lower);
  }
  turn.patch('vmbus-channel', channel.id, { deviceState: 'CapabilitiesReport' });
  const pages = turn.must('vm', channel.vm).memoryAssigned / PAGE_SIZE;
  say(turn, channel, {
    to: 'host',
    name: 'CapabilitiesReport',
    transaction: nextTransaction(turn, channel),
    fields: {
      caps: CAPABILITY.Balloon | CAPABILITY.HotAdd | ALIGNMENT,
      minPages: Math.ceil((pages * COMMITTED) / 100),
      maxPageNumber: pages,
    },
  });
}

function reportStatus(turn: Turn, channel: Channel): void {
  const pages = turn.must('vm', channel.vm).memoryAssigned / PAGE_SIZE;
  const committed = Math.ceil((pages * COMMITTED) / 100);
  say(turn, channel, {
    to: 'host',
    name: 'StatusReport',
    transaction: nextTransaction(turn, channel),
    fields: {
      available: pages - committed,
      committed,
      pageFileSize: 0,
      zeroFree: 0,
      pageFileWrites: 0,
      ioDiff: 0,
    },
  });
}

export const dynamicMemory = defineVsp({
  name: 'dynamic-memory',
  interfaceType: '525074dc-8985-46e2-8057-a307dc18a502',
  offerFlags: 0,
  mmioMegabytes: 0,
  vsp,
  vsc,
});

import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { sendPacket } from '../packet-io.ts';
import { tellWorker } from '../worker.ts';
import type { EndState } from '../vsp.ts';
import { numberOf, patchVsp, textOf, vscState, vspState } from '../vsp.ts';
import { integrationDevice } from './integration-device.ts';
import { intrinsicsOf } from './intrinsics.ts';
import type { IcMessage } from './message.ts';
import {
  IC_STATUS,
  KVP_ENUMERATE,
  KVP_OPERATION,
  KVP_POOL,
  KVP_STRING,
  REQUEST,
  RESPONSE,
  encodeIc,
} from './message.ts';
import { mustService, patchService } from './service.ts';

type Items = { readonly [key: string]: string };

/**
 * Key-value pairs. The host asks for the guest's intrinsic items one index after another until the
 * guest says that there are no more: hyperv_ic_protocol/src/kvp.rs, Linux hv_kvp.c.
 */
export const kvp = integrationDevice({
  name: 'ic-kvp',
  label: 'Key-Value Pair Exchange',
  interfaceType: 'a9a0f4e7-5a45-4d96-b827-8a841e8c03e6',
  instanceId: '242ff919-07db-4180-9c2e-b86cb68c8c55',
  hostVersions: ['3.0', '4.0'],
  guestVersions: ({ services }) => services.keyValuePair,
  load: os => ({ os }),
  ready(turn, channel) {
    patchService(turn, channel, { status: 'Ok' });
    enumerate(turn, channel);
  },
  resume(turn, channel) {
    // Its addresses may be others now.
    enumerate(turn, channel);
  },
  asked: answer,
  answered(turn, channel, message) {
    const service = mustService(turn, channel);
    turn.patch('integration-service', service.id, {
      received: service.received + 1,
      lastReceivedAt: turn.now,
    });
    take(turn, channel, message);
  },
});

function versions(state: EndState): { readonly framework: string; readonly version: string } {
  return { framework: textOf(state, 'framework'), version: textOf(state, 'version') };
}

/** From the first index on; a round under way begins again when it has ended. */
export function enumerate(turn: Turn, channel: Channel): void {
  if (typeof vspState(channel)['index'] === 'number') {
    patchVsp(turn, channel.id, { again: true });
    return;
  }
  patchVsp(turn, channel.id, { items: {}, again: false });
  ask(turn, channel, 0);
}

function ask(turn: Turn, channel: Channel, index: number): void {
  patchVsp(turn, channel.id, { index });
  const body = KVP_ENUMERATE.encode({
    operation: KVP_OPERATION.Enumerate,
    pool: KVP_POOL.Auto,
    index,
    valueType: 0,
    keySize: 0,
    valueSize: 0,
    key: '',
    value: '',
  });
  sendPacket(turn, channel.id, {
    to: 'guest',
    payload: encodeIc(
      { type: 'KeyValuePair', ...versions(vspState(channel)), flags: REQUEST },
      body,
    ),
    telling: { as: 'trace', summary: `Enumerate ${index}` },
  });
  const service = mustService(turn, channel);
  turn.patch('integration-service', service.id, { sent: service.sent + 1 });
}

/** The guest's service: one item, or no more. */
function answer(turn: Turn, channel: Channel, message: IcMessage): void {
  const asked = KVP_ENUMERATE.decode(message.body);
  const item = intrinsicsOf(turn, channel)[asked.index];
  const isKnown = asked.operation === KVP_OPERATION.Enumerate && asked.pool === KVP_POOL.Auto;
  const status = item === undefined ? IC_STATUS.NoMoreItems : IC_STATUS.Success;
  const [key, value] = isKnown && item !== undefined ? item : ['', ''];
  sendPacket(turn, channel.id, {
    to: 'host',
    payload: encodeIc(
      {
        type: 'KeyValuePair',
        ...versions(vscState(channel)),
        status: isKnown ? status : IC_STATUS.NotSupported,
        flags: RESPONSE,
      },
      KVP_ENUMERATE.encode({
        ...asked,
        valueType: KVP_STRING,
        keySize: sizeOf(key),
        valueSize: sizeOf(value),
        key,
        value,
      }),
    ),
    telling: { as: 'trace', summary: key === '' ? 'No more items' : `${key} = ${value}` },
  });
}

/** Bytes of a UTF-16 text with its final NUL. */
function sizeOf(text: string): number {
  return text === '' ? 0 : (text.length + 1) * 2;
}

/** The host: keeps the item and asks for the next, or has them all. */
function take(turn: Turn, channel: Channel, message: IcMessage): void {
  const state = vspState(channel);
  if (typeof state['index'] !== 'number') return;
  const items = state['items'] as Items;
  if (message.status === IC_STATUS.Success) {
    const { key, value } = KVP_ENUMERATE.decode(message.body);
    patchVsp(turn, channel.id, { items: { ...items, [key]: value } });
    ask(turn, channel, numberOf(state, 'index') + 1);
    return;
  }
  patchVsp(turn, channel.id, { index: null, items: {} });
  if (message.status === IC_STATUS.NoMoreItems) {
    tellWorker(turn, channel, { type: 'KvpReceived', items });
  }
  if (state['again'] === true) enumerate(turn, turn.must('vmbus-channel', channel.id));
}

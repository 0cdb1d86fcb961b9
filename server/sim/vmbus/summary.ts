import type { Json } from '../../base/json.ts';
import type { ControlMessage } from './message.ts';
import { versionText } from './version.ts';

function hex(value: number): string {
  return `0x${value.toString(16).toUpperCase()}`;
}

/** The line a person reads for a control message. */
export function summaryOf(message: ControlMessage, label: string | null): string {
  const named = label === null ? '' : `: ${label}`;
  switch (message.type) {
    case 'OfferChannel':
    case 'RescindChannelOffer':
    case 'CloseChannel':
    case 'RelIdReleased':
      return `${message.type} ${message.channelId}${named}`;
    case 'OpenChannel':
      return `OpenChannel ${message.channelId}, ring GPADL ${hex(message.ringGpadlId)}${named}`;
    case 'OpenChannelResult':
      return `OpenChannelResult ${message.channelId} = ${hex(message.status)}${named}`;
    case 'GpadlHeader': {
      const pages = message.rangeBufferLength / 8 - message.rangeCount;
      return `GpadlHeader ${hex(message.gpadlId)}, ${pages} pages${named}`;
    }
    case 'GpadlBody':
      return `GpadlBody ${hex(message.gpadlId)}, ${message.values.length} pages`;
    case 'GpadlCreated':
      return `GpadlCreated ${hex(message.gpadlId)} = ${hex(message.status)}${named}`;
    case 'GpadlTeardown':
      return `GpadlTeardown ${hex(message.gpadlId)}${named}`;
    case 'GpadlTorndown':
      return `GpadlTorndown ${hex(message.gpadlId)}`;
    case 'InitiateContact':
      return `InitiateContact, version ${versionText(message.versionRequested)}`;
    case 'VersionResponse':
      if (message.versionSupported === 0) return 'VersionResponse: not supported';
      return message.connectionState === 0
        ? `VersionResponse: ${versionText(message.selectedVersion)}`
        : `VersionResponse: connection state ${message.connectionState}`;
    case 'RequestOffers':
    case 'AllOffersDelivered':
    case 'Unload':
    case 'UnloadComplete':
      return message.type;
  }
}

/** A message's fields as data of its fact; page lists stay in its bytes alone. */
export function fieldsOf(message: ControlMessage): { readonly [field: string]: Json } {
  const fields: { [field: string]: Json } = {};
  for (const [name, value] of Object.entries(message)) {
    if (name !== 'type' && name !== 'values') fields[name] = value;
  }
  return fields;
}

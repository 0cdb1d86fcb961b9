import { assert, must } from '../../base/assert.ts';
import type { Json } from '../../base/json.ts';
import type { Component } from '../../protocol/fact.ts';
import type { ChannelId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Duration } from '../../protocol/time.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import type { Packet } from '../vmbus/packet.ts';
import type { Components } from './components.ts';
import type { GuestSystem } from './guest-system.ts';

/** The private state of one end of a channel: plain data, saved with it. */
export type EndState = { readonly [key: string]: Json };

/** One thing a device offers on a virtual machine's bus. */
export interface OfferedAs {
  readonly label: string;
  readonly instanceId: string;
  readonly userDefined: string;
}

/** The provider: the end in the parent partition. */
export interface Vsp {
  /** The driver or process that serves it. */
  readonly component: Component;
  /** From its signal until it has taken a packet from the ring. */
  readonly work: Duration;
  /** What it offers a virtual machine, in the host's order. */
  offers(turn: Turn, vm: RecordOf<'vm'>): readonly OfferedAs[];
  /** The guest opened the channel: the state to begin with. */
  open(turn: Turn, channel: Channel): EndState;
  /** The guest has its answer to the open; a device that speaks first does so now. */
  opened?(turn: Turn, channel: Channel): void;
  receive(turn: Turn, channel: Channel, packet: Packet): void;
  /** Something it does by itself is due. */
  beat?(turn: Turn, channel: Channel): void;
  /** The channel closes: what else of the device falls back with it. */
  close?(turn: Turn, channel: Channel): void;
  /** The guest's processors stand, or run again. */
  pause?(turn: Turn, channel: Channel): void;
  resume?(turn: Turn, channel: Channel): void;
}

/** The consumer: the driver or service in the guest. */
export interface Vsc {
  readonly component: Component;
  readonly work: Duration;
  /** Pages of each ring, its control page included. */
  readonly ringPages: number;
  /** Whether a generation of components has this driver. */
  isIn(components: Components): boolean;
  /** The state to begin with. */
  load(channel: Channel, os: GuestSystem, components: Components): EndState;
  /** The channel is open: the first thing the driver says, unless it waits for the host. */
  start(turn: Turn, channel: Channel): void;
  receive(turn: Turn, channel: Channel, packet: Packet): void;
  /** Pages it asked for are registered. */
  established?(turn: Turn, channel: Channel, gpadlId: number): void;
  /** Work of the guest itself is done. */
  proceed?(turn: Turn, channel: Channel): void;
}

/** A device of the bus: what it is, then what its two ends do. */
export interface Device {
  readonly name: string;
  readonly interfaceType: string;
  readonly offerFlags: number;
  readonly mmioMegabytes: number;
  readonly vsp: Vsp;
  readonly vsc: Vsc;
}

export function defineVsp(device: Device): Device {
  return device;
}

export function vspState(channel: Channel): EndState {
  return must(channel.ends.vsp, `${channel.id} is open, so its VSP has state`);
}

export function vscState(channel: Channel): EndState {
  return must(channel.ends.vsc, `${channel.id} has a driver`);
}

export function patchVsp(turn: Turn, id: ChannelId, values: EndState): void {
  const channel = turn.must('vmbus-channel', id);
  const vsp = { ...vspState(channel), ...values };
  turn.patch('vmbus-channel', id, { ends: { ...channel.ends, vsp } });
}

export function patchVsc(turn: Turn, id: ChannelId, values: EndState): void {
  const channel = turn.must('vmbus-channel', id);
  const vsc = { ...vscState(channel), ...values };
  turn.patch('vmbus-channel', id, { ends: { ...channel.ends, vsc } });
}

/**
 * The guest's driver goes on after so much work of its own. When that is due is part of its state, so
 * that a driver whose processors stood, or that was saved, goes on when they run again.
 */
export function proceedAfter(turn: Turn, id: ChannelId, span: Duration): void {
  const at = turn.now + span;
  patchVsc(turn, id, { proceedAt: at });
  turn.send(id, { type: 'Proceed', at }, span);
}

/** When a driver's own work is due to be done; null while it waits for somebody else. */
export function proceedAt(channel: Channel): number | null {
  const at = channel.ends.vsc?.['proceedAt'] ?? null;
  return typeof at === 'number' ? at : null;
}

/** A field that this end wrote itself, so that its type is known. */
export function numberOf(state: EndState, field: string): number {
  const value = state[field];
  assert(typeof value === 'number', `${field} is kept as a number`);
  return value;
}

export function textOf(state: EndState, field: string): string {
  const value = state[field];
  assert(typeof value === 'string', `${field} is kept as a text`);
  return value;
}

import type { Json } from '../base/json.ts';
import type { Audience } from './field.ts';
import type { HostId, VmId } from './id.ts';
import type { SimTime } from './time.ts';

/**
 * What a fact tells of. `action` a person's operation; `step` a step of a procedure; `hypercall` a
 * control hypercall; `intercept` an access of a guest on its way to whoever answers it; `vmbus` a
 * control message; `packet` a device's negotiation packet; `state` a change of a state machine;
 * `event` an entry of an event log; `process` a process begun or ended; `guest` what happens inside a
 * guest; `fault` a fault's onset or end.
 */
export type FactKind =
  | 'action'
  | 'step'
  | 'hypercall'
  | 'intercept'
  | 'vmbus'
  | 'packet'
  | 'state'
  | 'event'
  | 'process'
  | 'guest'
  | 'fault';

/** Who did it: a component of the real stack, in its own name. */
export type Component =
  | 'person'
  | 'vmms'
  | 'vmwp'
  | 'vid'
  | 'winhv'
  | 'hypervisor'
  | 'vmbusr'
  | 'vmbus'
  | 'storvsp'
  | 'storvsc'
  | 'netvsp'
  | 'netvsc'
  | 'vmswitch'
  | 'vhdmp'
  | 'ic'
  | 'firmware'
  | 'guest'
  | 'hardware'
  | 'management-os'
  | 'lab';

/** Appended, never edited, kept and hashed. `n` counts the facts of a branch without gaps. */
export interface Fact {
  readonly n: number;
  readonly turn: number;
  readonly at: SimTime;
  readonly kind: FactKind;
  readonly from: Component;
  readonly to: Component | null;
  readonly host: HostId | null;
  readonly vm: VmId | null;
  /** The fact this one follows from; null only for what a person or the lab itself began. */
  readonly cause: number | null;
  readonly audience: Audience;
  /** What happened, in one short line with the real names and numbers. */
  readonly summary: string;
  /** The facts of the case; `bytes` holds a message's real bytes as hexadecimal. */
  readonly data: { readonly [key: string]: Json };
}

/** A data packet, signal or port intercept: counted exactly, sampled, not hashed, never a cause. */
export interface Trace {
  readonly turn: number;
  readonly at: SimTime;
  readonly channel: string;
  readonly vm: VmId;
  readonly summary: string;
  /** The number of this packet on its channel. */
  readonly packet: number;
  /** One in how many packets is kept here. */
  readonly rate: number;
  readonly bytes: string;
}

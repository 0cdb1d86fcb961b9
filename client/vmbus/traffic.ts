import type { Counters, Seen } from '../state/lab-store.ts';

/** What goes through a channel, from its counters. */
export interface Traffic {
  /** How full the two rings are, from 0 to 1. */
  readonly toHost: number;
  readonly toGuest: number;
  readonly packets: number;
  readonly signals: number;
  /** Packets announced by one signal, as `14.2`: the more, the less the bus costs. */
  readonly perSignal: string | null;
}

const PAGE = 4096;

/** The first page of each ring holds its indices. */
const fillOf = (pages: number, written = 0, read = 0): number => {
  const size = (pages - 1) * PAGE;
  return size <= 0 ? 0 : ((written - read + size) % size) / size;
};

/** Null while no counter of an open channel is known. */
export const trafficOf = (
  {
    state,
    ringPages = 0,
    downstreamPage = 0,
  }: Pick<Seen<'vmbus-channel'>, 'state' | 'ringPages' | 'downstreamPage'>,
  counters: Counters | undefined,
): Traffic | null => {
  if (state !== 'Open' || counters === undefined) return null;
  const packets = (counters['packetsToHost'] ?? 0) + (counters['packetsToGuest'] ?? 0);
  const signals = (counters['signalsToHost'] ?? 0) + (counters['signalsToGuest'] ?? 0);
  return {
    toHost: fillOf(downstreamPage, counters['toHostIn'], counters['toHostOut']),
    toGuest: fillOf(ringPages - downstreamPage, counters['toGuestIn'], counters['toGuestOut']),
    packets,
    signals,
    perSignal: signals === 0 ? null : (packets / signals).toFixed(1),
  };
};

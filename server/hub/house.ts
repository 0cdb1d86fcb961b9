import type { may } from '../course/authorisation.ts';
import type { Labs as Catalogue } from '../course/port.ts';
import type { LabId } from '../protocol/id.ts';
import type { WireLimits } from '../protocol/wire/limit.ts';
import type { Figures, HubLog } from './port.ts';
import type { Room } from './room.ts';
import type { Ticker } from './ticker.ts';

/** What every connection of a hub shares. */
export interface House {
  readonly limits: WireLimits;
  readonly figures: Figures;
  readonly log: HubLog;
  readonly ticker: Ticker;
  readonly catalogue: Pick<Catalogue, 'roleIn'>;
  readonly may: typeof may;
  readonly rooms: RoomKeys;
  /** Hash of operations and record columns. */
  readonly vocabulary: string;
}

export interface RoomKeys {
  /** The room of a lab, opened when nobody was in it. */
  get(lab: LabId): Room;
  /** Somebody left: closed when that was the last. */
  left(room: Room): void;
}

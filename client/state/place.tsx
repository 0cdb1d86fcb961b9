import { createContext, useCallback, useContext, useMemo } from 'react';
import { must } from '../../server/base/assert.ts';
import { type HostId, isId, type VmId } from '../../server/protocol/id.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { Place } from '../route/address.ts';
import { go } from '../route/navigation.tsx';
import { useRecord } from './lab-context.tsx';
import type { Seen } from './lab-store.ts';

const PlaceContext = createContext<Place | null>(null);

export const PlaceProvider = PlaceContext;

export const usePlace = (): Place => must(useContext(PlaceContext), 'only used in a lab');

export type Change = Partial<Omit<Place, 'lab'>>;

/** Goes elsewhere in the same lab. */
export const useMove = (): ((change: Change, how?: 'push' | 'replace') => void) => {
  const place = usePlace();
  return useCallback(
    (change, how = 'push') => {
      // A dialog that is opened or closed is at no page of another one.
      const step = 'dialog' in change ? { step: null } : {};
      go({ page: 'lab', ...place, ...step, ...change }, how);
    },
    [place],
  );
};

export interface Selection {
  /** The host chosen, or that of the virtual machine chosen. */
  readonly host: Seen<'host'> | null;
  readonly vm: Seen<'vm'> | null;
  /** Where its facts are. */
  readonly scope: Scope;
}

/** What is selected, as far as it is there: an address may name what somebody has deleted. */
export const useSelection = (): Selection => {
  const { on } = usePlace();
  const vmId: VmId | null = isId('vm', on) ? on : null;
  const vm = useRecord(vmId);
  const hostId: HostId | null = isId('host', on) ? on : (vm?.host ?? null);
  const host = useRecord(hostId);
  return useMemo(
    () => ({ host: host ?? null, vm: vm ?? null, scope: vm?.id ?? host?.id ?? 'lab' }),
    [host, vm],
  );
};

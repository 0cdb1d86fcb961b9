import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { VmId } from '../../server/protocol/id.ts';
import { useById, useTrace } from '../state/lab-context.tsx';
import type { Wanted } from './filter/compile.ts';
import type { MessageView } from './message-view.ts';
import { PacketLog } from './packet-log.ts';
import { useView } from './use-messages.ts';

export interface Packets {
  readonly log: PacketLog;
  readonly view: MessageView;
  /** Grows when either of them changes. */
  readonly version: number;
  /** Packets that the sample left out while somebody looked. */
  readonly missed: number;
}

/** The data packets of a machine's rings that are wanted, up to where they were held. */
export const usePackets = (
  vm: VmId,
  { wanted, pausedAt }: { wanted: Wanted | null; pausedAt: number | null },
): Packets => {
  const { entries, missed } = useTrace(vm);
  const channels = useById('vmbus-channel');
  const [log] = useState(() => new PacketLog());
  useEffect(() => log.take(entries, channels), [log, entries, channels]);
  const version = useSyncExternalStore(log.listen, () => log.version);
  const { view, worked } = useView(log.table, version, { wanted, pausedAt });
  return useMemo(
    () => ({ log, view, version: version + worked, missed }),
    [log, view, version, worked, missed],
  );
};

import { copyText } from '../format/copy-text.ts';
import { useCallback } from 'react';
import { forkLab, type When } from '../rest/request.ts';
import { writeAddress } from '../route/address.ts';
import { useNotify } from '../state/notices.tsx';
import { usePlace } from '../state/place.tsx';

export interface MomentWork {
  readonly copyLink: (turn: number, time: string) => void;
  readonly fork: (when: When, time: string) => Promise<void>;
}

/** What can be done with a moment, and what is said of it. */
export const useMomentWork = (): MomentWork => {
  const place = usePlace();
  const notify = useNotify();
  const copyLink = useCallback(
    (turn: number, time: string) => {
      const path = writeAddress({ page: 'lab', ...place, turn, dialog: null });
      const isCopied = copyText(window.location.origin + path);
      notify({
        intent: isCopied ? 'info' : 'error',
        title: isCopied ? 'The link is copied' : 'The link could not be copied',
        message: `It opens this view as it was at ${time}, for whoever may watch the lab.`,
        advice: isCopied ? null : 'Look at the moment, then copy the address of the page.',
        code: null,
      });
    },
    [place, notify],
  );
  const fork = useCallback(
    async (when: When, time: string) => {
      const made = await forkLab(place.lab, when);
      notify(
        made.ok
          ? {
              intent: 'info',
              title: `Forked at ${time}`,
              message: `Branch ${made.value.branch} begins at turn ${made.value.turn}. The lab itself goes on as it is.`,
              advice: null,
              code: null,
            }
          : {
              intent: 'error',
              title: 'The lab was not forked',
              message: made.fault.message,
              advice: made.fault.next,
              code: made.fault.kind,
            },
      );
    },
    [place.lab, notify],
  );
  return { copyLink, fork };
};

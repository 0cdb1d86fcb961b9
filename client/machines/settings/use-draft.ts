import { useState } from 'react';
import { useSend } from '../../state/command.ts';
import type { NewNotice } from '../../state/notices.tsx';
import { refusalNotice } from '../../state/refusal.ts';
import { commandsOf } from './commands.ts';
import {
  conflicts,
  type Conflict,
  type Draft,
  edited,
  type Key,
  NO_EDITS,
  saved,
} from './draft.ts';
import { fieldFault } from './rules.ts';
import { type Subject, valueOf } from './subject.ts';

export interface Drafting {
  readonly draft: Draft;
  readonly value: (key: Key) => string;
  readonly edit: (key: Key, mine: string) => void;
  readonly settle: (draft: Draft) => void;
  readonly moved: readonly Conflict[];
  readonly sending: boolean;
  /** Nothing can be saved now: a fault, a conflict, or it is being saved. */
  readonly blocked: boolean;
  readonly refused: NewNotice | null;
  /** True when everything is saved. */
  readonly apply: () => Promise<boolean>;
}

/** What is being changed, and the way to save it. */
export const useDraft = (subject: Subject): Drafting => {
  const [draft, setDraft] = useState<Draft>(NO_EDITS);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<NewNotice | null>(null);
  const send = useSend();
  const now = (key: Key): string => valueOf(subject, key);
  const moved = conflicts(draft, now);
  const isFaulty = [...draft].some(([key, { mine }]) => fieldFault(key, mine) !== null);

  /** One operation after the other; the first that is refused keeps the rest in the window. */
  const apply = async (): Promise<boolean> => {
    setSending(true);
    setRefused(null);
    for (const { op, args, keys } of commandsOf(subject, draft)) {
      const result = await send(op, args);
      if (!result.ok) {
        setRefused(refusalNotice(op, result.fault));
        setSending(false);
        return false;
      }
      setDraft(before => saved(before, keys));
    }
    setSending(false);
    return true;
  };

  return {
    draft,
    value: key => draft.get(key)?.mine ?? now(key),
    edit: (key, mine) => {
      setRefused(null);
      setDraft(before => edited(before, key, now(key), mine));
    },
    settle: setDraft,
    moved,
    sending,
    blocked: isFaulty || moved.length > 0 || sending,
    refused,
    apply,
  };
};

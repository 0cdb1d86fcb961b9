import { useCallback } from 'react';
import type {
  InputOf,
  OperationName,
  OperationResult,
} from '../../server/protocol/operation/index.ts';
import { useLab } from './lab-context.tsx';
import { type NewNotice, useNotify } from './notices.tsx';
import { refusalNotice } from './refusal.ts';

export type Submit = <N extends OperationName>(op: N, args: InputOf<N>) => Promise<OperationResult>;

const WAITS: NewNotice = {
  intent: 'info',
  title: 'Sent when the connection is back',
  message: 'You are offline. The lab gets this once, as soon as it can be reached.',
  advice: null,
  code: null,
};

const GONE: OperationResult = {
  ok: false,
  fault: {
    kind: 'ConnectionClosed',
    message: 'The connection to the lab was closed before it answered.',
    code: null,
    data: {},
  },
};

/** Submits an operation for somebody who shows the answer where it was asked. Never rejects. */
export const useSend = (): Submit => {
  const { link } = useLab();
  const notify = useNotify();
  return useCallback(
    async (op, args) => {
      if (link.connection.phase === 'offline') notify(WAITS);
      return link.submit(op, args as { readonly [name: string]: unknown }).catch(() => GONE);
    },
    [link, notify],
  );
};

/** Submits an operation, and says so when it was refused. Never rejects. */
export const useSubmit = (): Submit => {
  const send = useSend();
  const notify = useNotify();
  return useCallback(
    async (op, args) => {
      const result = await send(op, args);
      if (!result.ok) notify(refusalNotice(op, result.fault));
      return result;
    },
    [send, notify],
  );
};

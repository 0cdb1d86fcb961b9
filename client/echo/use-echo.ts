import { useCallback } from 'react';
import { echoOf } from '../../server/powershell/echo/echo.ts';
import {
  type InputOf,
  OPERATIONS,
  type OperationName,
} from '../../server/protocol/operation/index.ts';
import { useLab } from '../state/lab-context.tsx';
import { namesIn } from './names-in.ts';

/** The line that does the same as an operation; null where PowerShell has none, or names are missing. */
export const useEcho = (): (<N extends OperationName>(
  op: N,
  args: InputOf<N>,
) => string | null) => {
  const { store } = useLab();
  return useCallback(
    (op, args) => {
      const parsed = OPERATIONS[op].args.safeParse(args);
      return parsed.success ? echoOf(op, parsed.data as never, namesIn(store)) : null;
    },
    [store],
  );
};

import type { Result } from '../../base/result.ts';
import type { HostId } from '../../protocol/id.ts';
import type { ArgsOf, Refusal } from '../../protocol/operation/index.ts';
import type { OperationHandler } from '../engine/handler.ts';
import type { Turn } from '../engine/turn.ts';
import { makeFolder, moveFile, writeFile } from '../storage/host-file.ts';
import { removeAny } from '../storage/remove-file.ts';
import { hostUnreachable, notFound } from './refusal.ts';

/** What a person does to the files of a host, which has to run for that. */
function onFiles<A extends { readonly host: HostId }>(
  act: (turn: Turn, args: A) => Result<null, Refusal>,
): OperationHandler<A> {
  return (turn, args) => {
    const host = turn.get('host', args.host);
    if (host === undefined) return notFound(args.host);
    return host.state === 'Running' ? act(turn, args) : hostUnreachable(host);
  };
}

export const FILE_HANDLERS = {
  'file.write': onFiles<ArgsOf<'file.write'>>(writeFile),
  'file.makeFolder': onFiles<ArgsOf<'file.makeFolder'>>(makeFolder),
  'file.move': onFiles<ArgsOf<'file.move'>>(moveFile),
  'file.remove': onFiles<ArgsOf<'file.remove'>>(removeAny),
} as const;

import { z } from 'zod';
import type { HostId, VmId } from '../id.ts';

/** What a screen looks at: the lists and the tree, everything of one host, everything of one VM. */
export type Scope = 'lab' | HostId | VmId;

const SCOPE = /^(?:lab|(?:host|vm):.{1,190})$/u;

export function isScope(text: string): text is Scope {
  return SCOPE.test(text);
}

export const scope = z
  .custom<Scope>(value => typeof value === 'string' && isScope(value), 'is no scope')
  .meta({
    title: 'scope',
    type: 'string',
    pattern: SCOPE.source,
    description: '`lab` (lists and tree), `host:…` or `vm:…` (everything of that one)',
  });

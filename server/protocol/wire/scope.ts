import type { HostId, VmId } from '../id.ts';

/** What a screen looks at: the lists and the tree, everything of one host, everything of one VM. */
export type Scope = 'lab' | HostId | VmId;

export function isScope(text: string): text is Scope {
  return text === 'lab' || /^(host|vm):.{1,190}$/u.test(text);
}

import { declareAutomatic } from './automatic.ts';
import type { Computer } from './cmdlet.ts';
import type { Context } from './context.ts';
import type { RemoteSession } from './remote-session.ts';
import { Scope } from './scope.ts';

/** A runspace on another computer: its own variables, and the caller's by $using: only. */
export const remoteOf = (
  computer: Computer,
  cx: Context,
): { readonly computer: Computer; readonly scope: Scope } => {
  const scope = new Scope(null, cx.scope);
  declareAutomatic(cx.core, scope);
  return { computer, scope };
};

/** The context of a block that runs there. */
export const remoteContext = (computer: Computer, cx: Context): Context => ({
  ...cx,
  ...remoteOf(computer, cx),
});

/** A context within a session that is kept; $using: is the caller of now. */
export const inSession = (session: RemoteSession, cx: Context): Context => {
  session.scope.using = cx.scope;
  return { ...cx, computer: session.computer, scope: session.scope };
};

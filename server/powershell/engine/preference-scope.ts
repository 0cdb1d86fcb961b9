import { ACTION_PREFERENCE } from '../value/enum.ts';
import type { CommonParameters } from './binder-port.ts';
import type { Context } from './context.ts';

/** -ErrorAction and its kin of an advanced function are preferences of its scope. */
export const commonScope = (common: CommonParameters, cx: Context): Context => {
  const { scope } = cx;
  const prefer = (name: string, action: string | undefined): void => {
    if (action !== undefined) scope.set(name, ACTION_PREFERENCE.parse(action) ?? action);
  };
  prefer('erroractionpreference', common.errorAction);
  prefer('warningpreference', common.warningAction);
  if (common.verbose !== undefined)
    prefer('verbosepreference', common.verbose ? 'Continue' : 'SilentlyContinue');
  if (common.debug !== undefined)
    prefer('debugpreference', common.debug ? 'Inquire' : 'SilentlyContinue');
  if (common.whatIf !== undefined) scope.set('whatifpreference', common.whatIf);
  if (common.confirm !== undefined) scope.set('confirmpreference', common.confirm ? 'Low' : 'None');
  return cx;
};

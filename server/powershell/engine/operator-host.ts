import type { OperatorHost } from '../value/operators.ts';
import { textOf } from '../value/text.ts';
import type { Context } from './context.ts';

/** $OFS: what stands between the elements of an array in a string. */
export const separatorOf = (cx: Context): string => {
  const ofs = cx.scope.find('ofs');
  return ofs === undefined ? ' ' : textOf(ofs.value);
};

/** What operators ask of where they run. */
export const hostOf = (cx: Context): OperatorHost => ({
  get separator() {
    return separatorOf(cx);
  },
  text: length => cx.core.meter.text(length),
  elements: count => cx.core.meter.elements(count),
  matched: groups => cx.scope.set('matches', groups),
});

import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';

export interface Later<P extends object> {
  readonly View: (props: P) => ReactNode;
  /** Rejects when it cannot be had now; then it is asked for when it is looked at. */
  readonly fetch: () => Promise<unknown>;
}

/**
 * A page or a view that is loaded when it is first looked at or before. What was fetched before is drawn
 * at once: React lets what is lazy wait up to a third of a second, even when it is there already.
 */
export const later = <P extends object = object>(
  load: () => Promise<ComponentType<P>>,
): Later<P> => {
  let loaded: ComponentType<P> | null = null;
  const fetch = async () => {
    loaded ??= await load();
    return { default: loaded };
  };
  const Awaited = lazy(fetch);
  const View = (props: P) => {
    // Chosen once, so that what comes meanwhile does not begin anew.
    const [shown] = useState<ComponentType<P>>(() => loaded ?? Awaited);
    return createElement(shown, props);
  };
  return { View, fetch };
};

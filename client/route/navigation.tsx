import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { useSyncExternalStore } from 'react';
import { type Address, readAddress, writeAddress } from './address.ts';

// The address bar is the only place where it is kept what is selected.

const listeners = new Set<() => void>();
let lastText = '';
let lastAddress: Address = { page: 'home' };

/** The same object for the same address, so that nothing is drawn again for nothing. */
const current = (): Address => {
  const { pathname, search } = window.location;
  const text = pathname + search;
  if (text !== lastText) {
    lastText = text;
    lastAddress = readAddress(pathname, search);
  }
  return lastAddress;
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

export const useAddress = (): Address => useSyncExternalStore(subscribe, current);

/** `replace` where going back should not stop on the way: typing in a filter, stepping through a list. */
export const go = (address: Address, how: 'push' | 'replace' = 'push'): void => {
  const text = writeAddress(address);
  if (text === window.location.pathname + window.location.search) return;
  if (how === 'push') window.history.pushState(null, '', text);
  else window.history.replaceState(null, '', text);
  for (const listener of listeners) listener();
};

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: Address;
}

/** A link that a middle click opens in a tab of its own, as links do. */
export const Link = ({ to, onClick, ...rest }: LinkProps) => {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const special = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || special) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={writeAddress(to)} onClick={follow} />;
};

import { useEffect } from 'react';
import { useLabName } from '../state/lab-name.ts';
import { useSelection } from '../state/place.tsx';

const NAME = 'Enlighten';
const ICON = '/mark.svg';

/** Three parts, as the mark has them, on the ground of the lab's colour. */
const iconIn = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="4" fill="${colour}"/><g fill="#fff"><rect x="3" y="11.5" width="14" height="4.5" rx="1"/><rect x="3" y="4" width="6" height="6" rx="1"/><rect x="11" y="4" width="6" height="6" rx="1"/></g></svg>`,
  )}`;

/** The browser's own tab says which lab and what in it, and wears its colour: nobody mistakes the lab. */
export const useBrowserTab = (colour: string): void => {
  const { host, vm } = useSelection();
  const lab = useLabName();
  const object = vm?.name ?? host?.name;
  useEffect(() => {
    document.title = [object, lab, NAME].filter(Boolean).join(' · ');
    return () => {
      document.title = NAME;
    };
  }, [object, lab]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    const ground = document.createElement('meta');
    ground.name = 'theme-color';
    ground.content = colour;
    document.head.append(ground);
    icon?.setAttribute('href', iconIn(colour));
    return () => {
      ground.remove();
      icon?.setAttribute('href', ICON);
    };
  }, [colour]);
};

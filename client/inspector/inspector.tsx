import { useEffect } from 'react';
import type { Component } from '../../server/protocol/fact.ts';
import { COMPONENTS } from '../facts/components.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { ComponentPage } from './component-page.tsx';
import { FactPage } from './fact-page.tsx';
import { RecordPage } from './record-page.tsx';
import { WirePage } from './wire-page.tsx';

const isComponent = (text: string): text is Component => Object.hasOwn(COMPONENTS, text);

/** What the chosen fact, record or component is, what it says, and why it came to be so. */
export const Inspector = () => {
  const { inspect } = usePlace();
  const move = useMove();
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      const inField =
        event.target instanceof Element && event.target.closest('input,[role=dialog]');
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) {
        move({ inspect: null }, 'replace');
      }
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [move]);
  if (inspect === null) return null;
  const [kind, rest] = [
    inspect.slice(0, inspect.indexOf(':')),
    inspect.slice(inspect.indexOf(':') + 1),
  ];
  if (kind === 'fact') return <FactPage n={Number(rest)} />;
  if (kind === 'component' && isComponent(rest)) return <ComponentPage component={rest} />;
  if (kind === 'wire') return <WirePage wire={rest} />;
  return <RecordPage id={inspect} />;
};

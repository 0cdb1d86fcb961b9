import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactNode } from 'react';
import { useMove } from '../state/place.tsx';
import css from './inspector.module.css';

/** The frame of every page: what it is called, and the way back to the actions. */
export const InspectorPage = ({
  kind,
  title,
  children,
}: {
  kind: string;
  title: string;
  children: ReactNode;
}) => {
  const move = useMove();
  return (
    <section className={css['inspector']} aria-label={`Inspector: ${title}`}>
      <header className={css['head']}>
        <h2 className={css['title']}>
          <small>{kind}</small>
          {title}
        </h2>
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label="Close the inspector (Escape)"
          onClick={() => move({ inspect: null }, 'replace')}
        />
      </header>
      {children}
    </section>
  );
};

export const Part = ({ title, children }: { title?: string; children: ReactNode }) => (
  <div className={css['part']}>
    {title !== undefined && <h3>{title}</h3>}
    {children}
  </div>
);

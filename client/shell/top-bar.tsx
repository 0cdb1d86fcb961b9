import { Button } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { QrCodeRegular } from '@fluentui/react-icons/svg/qr-code';
import { lazy, Suspense, useState } from 'react';
import { Clock } from '../clock/clock.tsx';
import { PeopleMenu } from '../people/people-menu.tsx';
import { go, Link } from '../route/navigation.tsx';
import { useMe } from '../state/lab-context.tsx';
import { useLabName } from '../state/lab-name.ts';
import { usePlace } from '../state/place.tsx';
import { ThemeMenu } from '../theme/theme-menu.tsx';
import { KeysButton } from './keys.tsx';
import { Mark } from './mark.tsx';
import css from './shell.module.css';

const ShareDialog = lazy(() =>
  import('../house/share-dialog.tsx').then(module => ({ default: module.ShareDialog })),
);

export const TopBar = () => {
  const me = useMe();
  const name = useLabName();
  const { lab } = usePlace();
  const [sharing, setSharing] = useState(false);
  return (
    <header className={css['top']}>
      <Mark />
      <div className={css['crumb']}>
        <Link to={{ page: 'labs' }}>Labs</Link>
        <i aria-hidden="true">/</i>
        <h1 style={{ color: 'var(--lab-colour)' }}>{name ?? 'Lab'}</h1>
        {me && (
          <>
            <i aria-hidden="true">/</i>
            {me.name}, {me.role}
          </>
        )}
      </div>
      <Clock />
      <PeopleMenu />
      {me?.role === 'instructor' && (
        <>
          <Button
            size="small"
            icon={<HistoryRegular />}
            appearance="subtle"
            onClick={() => go({ page: 'history', lab })}
          >
            History
          </Button>
          <Button
            size="small"
            icon={<QrCodeRegular />}
            appearance="subtle"
            onClick={() => setSharing(true)}
          >
            Invite
          </Button>
        </>
      )}
      <KeysButton />
      <ThemeMenu />
      {sharing && (
        <Suspense>
          <ShareDialog lab={lab} name={name ?? 'this lab'} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </header>
  );
};

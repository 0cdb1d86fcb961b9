import { Button } from '@fluentui/react-components';
import css from '../house/house.module.css';
import { HousePage } from '../house/house-page.tsx';
import type { Connection } from '../link/port.ts';
import { Link } from '../route/navigation.tsx';

type Closed = Extract<Connection, { phase: 'closed' }>;

const TITLES: Readonly<Record<string, string>> = {
  'not-found': 'There is no such lab for you',
  'not-signed-in': 'You are not signed in',
  'signed-out': 'You were signed out',
  'too-old': 'This page is older than the server',
  'too-many': 'Too many windows of this lab',
};

const NEXT: Readonly<Record<string, string>> = {
  'not-found': 'It may have been closed. Open the join link again, or ask for a new one.',
  'not-signed-in': 'Open your join link again; an instructor signs in with a sign-in link.',
  'signed-out': 'Open your join link again; an instructor signs in with a sign-in link.',
  'too-old': 'Load it again to get the new one.',
  'too-many': 'Close one of the others, then load this one again.',
};

/** Instead of a lab: why it cannot be shown, and what to do. */
export const ClosedPage = ({ connection: { kind, message } }: { connection: Closed }) => (
  <HousePage>
    <div className={css['card']} role="alert">
      <h1>{TITLES[kind] ?? 'The lab cannot be shown'}</h1>
      <p>{message}</p>
      <p>{NEXT[kind] ?? 'Load the page again; if it stays, ask an instructor.'}</p>
      <div className={css['actions']}>
        <Button appearance="primary" onClick={() => window.location.reload()}>
          Load Again
        </Button>
        <Link to={{ page: 'labs' }} className={css['away']}>
          To your labs
        </Link>
      </div>
    </div>
  </HousePage>
);

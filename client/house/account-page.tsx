import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import {
  endSession,
  listSessions,
  type OwnSession,
  readAccount,
  signOutEverywhere,
} from '../rest/account.ts';
import { type Problem, readMe } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { go } from '../route/navigation.tsx';
import { browserName } from './browser-name.ts';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';
import { PasswordForm } from './password-form.tsx';

/** How one comes back without a link, and where one is signed in. */
export const AccountPage = () => {
  const me = useAsked(readMe);
  const account = useAsked(readAccount);
  const sessions = useAsked(listSessions);
  const problem = me.problem ?? account.problem ?? sessions.problem;
  const changed = (): void => {
    account.again();
    sessions.again();
  };
  return (
    <HousePage me={me.value}>
      <div className={css['middle']}>
        <div className={css['head']}>
          <h1>Your account</h1>
          <Button onClick={() => go({ page: 'labs' })}>To Your Labs</Button>
        </div>
        {problem && <ProblemNote problem={problem} />}
        {account.value && <PasswordForm account={account.value} onSet={changed} />}
        {sessions.value && (
          <Sessions sessions={sessions.value.sessions} onChange={sessions.again} />
        )}
      </div>
    </HousePage>
  );
};

interface SessionsProps {
  readonly sessions: readonly OwnSession[];
  readonly onChange: () => void;
}

const Sessions = ({ sessions, onChange }: SessionsProps) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const end = async (session: string): Promise<void> => {
    const answer = await endSession(session);
    // What is gone already is what was wanted.
    setProblem(answer.ok || answer.fault.kind === 'not-found' ? null : answer.fault);
    onChange();
  };
  const endAll = async (): Promise<void> => {
    const answer = await signOutEverywhere();
    if (answer.ok) window.location.assign('/');
    else setProblem(answer.fault);
  };
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <ul className={css['labs']}>
        {sessions.map(session => (
          <SessionRow
            key={session.session}
            session={session}
            onEnd={() => void end(session.session)}
          />
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} />}
      <Button style={{ marginTop: 14 }} onClick={() => void endAll()}>
        Sign Out Everywhere
      </Button>
    </section>
  );
};

const SessionRow = ({ session, onEnd }: { session: OwnSession; onEnd: () => void }) => {
  const name = browserName(session.userAgent);
  const since = new Date(session.startedAt).toLocaleString();
  return (
    <li className={css['session']}>
      <div>
        {name}
        <small>
          {session.current ? 'This browser' : `Last here ${dayOf(session.lastSeenAt)}`}, signed in{' '}
          {since}
          {session.address !== null && `, from ${session.address}`}
        </small>
      </div>
      {!session.current && (
        <Button aria-label={`Sign out ${name}, signed in ${since}`} onClick={onEnd}>
          Sign Out There
        </Button>
      )}
    </li>
  );
};

const dayOf = (moment: string): string => new Date(moment).toLocaleDateString();

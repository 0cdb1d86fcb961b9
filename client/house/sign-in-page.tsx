import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { type Problem, signIn } from '../rest/request.ts';
import { go } from '../route/navigation.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';

/**
 * A sign-in link works once. It is used by the button and not by opening the page, because chat programs
 * open links by themselves to show a preview.
 */
export const SignInPage = ({ token }: { token: string }) => {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const use = async (): Promise<void> => {
    setSending(true);
    const answer = await signIn(token);
    setSending(false);
    if (answer.ok) go({ page: 'labs' }, 'replace');
    else setProblem(answer.fault);
  };
  return (
    <HousePage>
      <div className={css['card']}>
        <h1>Sign in as instructor</h1>
        {problem === null ? (
          <p>This link works once, within 15 minutes of being printed.</p>
        ) : (
          <>
            <ProblemNote problem={problem} />
            <p style={{ marginTop: 14 }}>
              Whoever runs the server makes a new link with <code>npm run signin</code>.
            </p>
          </>
        )}
        {problem === null && (
          <Button
            autoFocus
            appearance="primary"
            size="large"
            disabled={sending}
            onClick={() => void use()}
          >
            Sign In
          </Button>
        )}
      </div>
    </HousePage>
  );
};

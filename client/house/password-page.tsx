import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { signInByPassword } from '../rest/account.ts';
import type { Problem } from '../rest/request.ts';
import { go } from '../route/navigation.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';

/** For whoever has set a password; all the others come by a link. */
export const PasswordPage = () => {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const answer = await signInByPassword(email, password);
    setSending(false);
    if (answer.ok) go({ page: 'labs' }, 'replace');
    else setProblem(answer.fault);
  };
  return (
    <HousePage>
      <div className={css['card']}>
        <form className={css['form']} onSubmit={event => void submit(event)}>
          <h1>Sign in</h1>
          <Field label="E-mail address">
            <Input
              autoFocus
              size="large"
              type="email"
              value={email}
              autoComplete="username"
              onChange={(_, data) => setEmail(data.value)}
            />
          </Field>
          <Field label="Password">
            <Input
              size="large"
              type="password"
              value={password}
              autoComplete="current-password"
              onChange={(_, data) => setPassword(data.value)}
            />
          </Field>
          {problem && <ProblemNote problem={problem} />}
          <Button
            type="submit"
            appearance="primary"
            size="large"
            disabled={sending || email === '' || password === ''}
          >
            Sign In
          </Button>
        </form>
      </div>
    </HousePage>
  );
};

import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import {
  isEmail,
  PASSWORD_LEAST,
  PASSWORD_MOST,
  tidyEmail,
} from '../../server/protocol/password.ts';
import { type Account, setPassword } from '../rest/account.ts';
import type { Problem } from '../rest/request.ts';
import { ProblemNote } from './house-page.tsx';
import css from './house.module.css';

interface PasswordFormProps {
  readonly account: Account;
  readonly onSet: () => void;
}

/** With a password a guest has an account, and stays who it is. */
export const PasswordForm = ({ account, onSet }: PasswordFormProps) => {
  const [email, setEmail] = useState(account.email ?? '');
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const [tried, setTried] = useState(false);
  const { sending, said, problem, send } = useSending();
  const faults = faultsOf(email, wanted);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (faults.email !== null || faults.wanted !== null) return;
    const proof = account.asksCurrent ? { current } : {};
    if (!(await send({ email, password: wanted, ...proof }))) return;
    setCurrent('');
    setWanted('');
    setTried(false);
    onSet();
  };
  return (
    <form className={`${css['form']} ${css['narrow']}`} onSubmit={event => void submit(event)}>
      <p style={{ margin: 0 }}>
        {account.email === null
          ? 'With a password you can come back without a link, and stay who you are here.'
          : 'A new password signs you out everywhere else.'}
      </p>
      <Entry
        label="E-mail address"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        fault={tried ? faults.email : null}
      />
      {account.asksCurrent && (
        <Entry
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
      )}
      <Entry
        label="New password"
        hint={`At least ${PASSWORD_LEAST} characters; a sentence is easy to remember.`}
        type="password"
        autoComplete="new-password"
        value={wanted}
        onChange={setWanted}
        fault={tried ? faults.wanted : null}
      />
      {problem && <ProblemNote problem={problem} />}
      <div role="status">{said}</div>
      <div className={css['actions']}>
        <Button type="submit" appearance="primary" disabled={sending}>
          {account.email === null ? 'Set Password' : 'Change Password'}
        </Button>
      </div>
    </form>
  );
};

/** One attempt after the other, and what came of the last. */
const useSending = () => {
  const [sending, setSending] = useState(false);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (given: Parameters<typeof setPassword>[0]): Promise<boolean> => {
    setSaid('');
    setSending(true);
    const answer = await setPassword(given);
    setSending(false);
    setProblem(answer.ok ? null : answer.fault);
    if (answer.ok) {
      const { email } = answer.value;
      setSaid(`Done. You can sign in as ${email}; everywhere else you were signed out.`);
    }
    return answer.ok;
  };
  return { sending, said, problem, send };
};

const faultsOf = (email: string, wanted: string) => ({
  email: isEmail(tidyEmail(email)) ? null : 'That is no e-mail address.',
  wanted:
    wanted.length < PASSWORD_LEAST ? `A password has at least ${PASSWORD_LEAST} characters.` : null,
});

interface EntryProps {
  readonly label: string;
  readonly type: 'email' | 'password';
  /** What the browser's own store of passwords goes by. */
  readonly autoComplete: 'username' | 'current-password' | 'new-password';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly fault?: string | null;
}

const Entry = ({ label, hint, fault, onChange, ...input }: EntryProps) => (
  <Field
    label={label}
    {...(hint === undefined ? {} : { hint })}
    {...(fault ? { validationMessage: fault } : {})}
  >
    <Input {...input} maxLength={PASSWORD_MOST} onChange={(_, data) => onChange(data.value)} />
  </Field>
);

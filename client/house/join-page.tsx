import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { NAME_LIMIT, NAME_SENTENCES, nameFault, tidyName } from '../../server/protocol/name.ts';
import { join, type JoinLook, lookAtJoin, type Problem, signOut } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { placeIn } from '../route/address.ts';
import { go } from '../route/navigation.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';

/** Where a join link leads: which lab, as what, and the name that the others will see. */
export const JoinPage = ({ token }: { token: string }) => {
  const look = useAsked(lookAtJoin, token);
  return (
    <HousePage>
      <div className={css['card']}>
        {look.problem && (
          <>
            <h1>You cannot join here</h1>
            <ProblemNote problem={look.problem} />
          </>
        )}
        {look.value && <JoinForm token={token} look={look.value} again={look.again} />}
      </div>
    </HousePage>
  );
};

interface JoinFormProps {
  readonly token: string;
  readonly look: JoinLook;
  readonly again: () => void;
}

const JoinForm = ({ token, look, again }: JoinFormProps) => {
  const { lab, role, signedInAs } = look;
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = signedInAs === null ? nameFault(tidyName(name)) : null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (fault !== null) return;
    setSending(true);
    const answer = await join(token, signedInAs === null ? tidyName(name) : null);
    setSending(false);
    if (!answer.ok) return setProblem(answer.fault);
    // The token must not stay in the address bar, where the next person at this computer finds it.
    go({ page: 'lab', ...placeIn(answer.value.lab.lab) }, 'replace');
    return undefined;
  };
  const enterAnew = async (): Promise<void> => {
    await signOut();
    setProblem(null);
    again();
  };
  return (
    <form className={css['form']} onSubmit={event => void submit(event)}>
      <div>
        <h1>{lab.name}</h1>
        <p style={{ margin: 0 }}>
          You are invited to this lab as {role === 'instructor' ? 'an instructor' : 'a learner'}.
        </p>
      </div>
      {signedInAs === null ? (
        <Field
          label="Your name"
          hint="Everyone in the lab sees it beside what you do."
          {...(tried && fault !== null ? { validationMessage: NAME_SENTENCES[fault] } : {})}
        >
          <Input
            autoFocus
            size="large"
            value={name}
            maxLength={NAME_LIMIT * 2}
            autoComplete="name"
            onChange={(_, data) => setName(data.value)}
          />
        </Field>
      ) : (
        <p style={{ margin: 0 }}>You enter as {signedInAs}.</p>
      )}
      {problem && <ProblemNote problem={problem} />}
      {problem?.kind === 'name' && signedInAs !== null && (
        <Button size="large" onClick={() => void enterAnew()}>
          Enter under Another Name
        </Button>
      )}
      <Button type="submit" appearance="primary" size="large" disabled={sending}>
        Join the Lab
      </Button>
    </form>
  );
};

import { useEffect } from 'react';
import { readMe } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { go, Link } from '../route/navigation.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';

/** Whoever is signed in goes on to the labs; everybody else learns how to come in. */
export const HomePage = () => {
  const me = useAsked(readMe);
  useEffect(() => {
    if (me.value !== undefined) go({ page: 'labs' }, 'replace');
  }, [me.value]);
  const stranger = me.problem?.kind === 'not-signed-in';
  return (
    <HousePage>
      {me.problem && (
        <div className={css['card']}>
          <h1>Enlighten</h1>
          <p>
            A lab of Hyper-V hosts that many people work in at once, and that shows what happens
            inside.
          </p>
          {stranger ? (
            <>
              <p>
                To come in, open the join link that your instructor gave you. An instructor signs in
                with the link that the server printed when it started.
              </p>
              <Link to={{ page: 'password' }}>Sign in with a password</Link>
            </>
          ) : (
            <ProblemNote problem={me.problem} />
          )}
        </div>
      )}
    </HousePage>
  );
};

import type { ReactNode } from 'react';
import type { Me, Problem } from '../rest/request.ts';
import { Link } from '../route/navigation.tsx';
import { Mark } from '../shell/mark.tsx';
import { ThemeMenu } from '../theme/theme-menu.tsx';
import css from './house.module.css';

/** The frame of every page that is not a lab. */
export const HousePage = ({ me, children }: { me?: Me | undefined; children: ReactNode }) => (
  <div className={css['page']}>
    <header className={css['bar']}>
      <Mark />
      <span className={css['who']}>
        {me && (
          <Link to={{ page: 'account' }} title="Your password, and where you are signed in">
            {me.name}, {me.role}
          </Link>
        )}
      </span>
      <ThemeMenu />
    </header>
    <main>{children}</main>
  </div>
);

/** What went wrong and what to do, in the words of the server. */
export const ProblemNote = ({ problem }: { problem: Problem }) => (
  <div className={css['problem']} role="alert">
    <p>{problem.message}</p>
    <p>{problem.next}</p>
  </div>
);

import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import css from './house.module.css';

interface State {
  readonly error: Error | null;
}

/** A mistake of the page itself: the lab is not touched by it, and loading again is always possible. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className={css['page']}>
        <div className={css['card']} role="alert">
          <h1>This page made a mistake</h1>
          <p>The lab runs on, and nothing you did in it is lost. Load the page again to go on.</p>
          <p>
            <code>{error.message}</code>
          </p>
          <Button appearance="primary" onClick={() => window.location.reload()}>
            Load Again
          </Button>
        </div>
      </div>
    );
  }
}

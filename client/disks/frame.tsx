import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import css from '../machines/new-vm/wizard.module.css';
import { Refused } from '../machines/refused.tsx';
import type { NewNotice } from '../state/notices.tsx';

interface FrameProps {
  readonly title: string;
  readonly pages: readonly { readonly id: string; readonly title: string }[];
  readonly at: number;
  /** What the last page is called inside: `Completing the New Virtual Hard Disk Wizard`. */
  readonly ending: string;
  readonly sending: boolean;
  readonly refused: NewNotice | null;
  readonly onTurn: (to: number) => void;
  readonly onFinish: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The frame of a wizard of Hyper-V Manager: pages at the left, Finish there from the first on. */
export const WizardFrame = (props: FrameProps) => {
  const { title, pages, at, ending, sending, refused, onTurn, onFinish, onClose } = props;
  const isLast = at === pages.length - 1;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [at]);
  return (
    <Dialog
      open
      // A click beside it must not throw away what is filled in.
      onOpenChange={(_, { open, type }) => !open && type !== 'backdropClick' && onClose()}
    >
      <DialogSurface className={css['surface'] ?? ''} aria-label={title}>
        <form
          className={css['frame']}
          onSubmit={event => {
            event.preventDefault();
            if (isLast) onFinish();
            else onTurn(at + 1);
          }}
        >
          <h1 className={css['title']}>{title}</h1>
          <ol className={css['pages']} aria-label="Pages">
            {pages.map((page, index) => (
              <li key={page.id}>
                <button
                  type="button"
                  className={css['page']}
                  aria-current={index === at ? 'step' : undefined}
                  onClick={() => onTurn(index)}
                >
                  {page.title}
                </button>
              </li>
            ))}
          </ol>
          <div ref={body} className={css['body']}>
            <h2>{isLast ? ending : pages[at]?.title}</h2>
            {props.children}
          </div>
          <div className={css['refused']}>
            <Refused notice={refused} />
          </div>
          <div className={css['foot']}>
            <Button disabled={at === 0} onClick={() => onTurn(at - 1)}>
              &lt; Previous
            </Button>
            <Button type="submit" disabled={isLast}>
              Next &gt;
            </Button>
            <Button appearance="primary" disabled={sending} onClick={onFinish}>
              Finish
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </form>
      </DialogSurface>
    </Dialog>
  );
};

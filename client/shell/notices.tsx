import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useNotices } from '../state/notices.tsx';
import css from './notices.module.css';

/** What was refused: what happened, why, what to do, and the real code. It stays until it is read. */
export const NoticeStack = () => {
  const { list, dismiss } = useNotices();
  return (
    <div className={css['stack']} role="log" aria-live="assertive" aria-label="Notices">
      {list.map(({ id, intent, title, message, advice, code }) => (
        <div key={id} className={`${css['notice']} ${intent === 'info' ? css['info'] : ''}`}>
          <h2>{title}</h2>
          <Button
            className={css['close'] ?? ''}
            appearance="subtle"
            size="small"
            icon={<DismissRegular />}
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
          />
          <p>
            {message} {code !== null && <code>({code})</code>}
          </p>
          {advice !== null && <p>{advice}</p>}
        </div>
      ))}
    </div>
  );
};

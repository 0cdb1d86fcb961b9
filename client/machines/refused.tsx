import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { NewNotice } from '../state/notices.tsx';

/** What was refused, in the dialog that asked for it: a notice would lie over the dialog's buttons. */
export const Refused = ({ notice }: { notice: NewNotice | null }) =>
  notice !== null && (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{notice.title}</MessageBarTitle>
        {notice.message}
        {notice.code !== null && ` (${notice.code})`}
        {notice.advice !== null && (
          <>
            <br />
            {notice.advice}
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );

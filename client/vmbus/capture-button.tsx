import { Button, Tooltip } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { useState } from 'react';
import { useNotify } from '../state/notices.tsx';
import { save } from './download.ts';

interface CaptureButtonProps {
  /** What is in the file, as the beginning of a sentence. */
  readonly what: string;
  readonly name: string;
  readonly isEmpty: boolean;
  /** A file, or why there is none. */
  readonly make: (progress: (done: number) => void) => Promise<Blob | string>;
}

/** Makes a capture of what is listed and gives it to whoever looks at the page. */
export const CaptureButton = ({ what, name, isEmpty, make }: CaptureButtonProps) => {
  const notify = useNotify();
  const [done, setDone] = useState<number | null>(null);
  const start = async (): Promise<void> => {
    setDone(0);
    const made = await make(setDone);
    setDone(null);
    if (made instanceof Blob) save(made, name);
    else {
      notify({
        intent: 'error',
        title: 'The capture could not be made',
        message: made,
        advice: 'Try again.',
        code: null,
      });
    }
  };
  return (
    <Tooltip
      content={`${what}, for Wireshark (pcapng, link type DLT_USER0)`}
      relationship="description"
    >
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowDownloadRegular />}
        disabled={isEmpty || done !== null}
        onClick={() => void start()}
      >
        {done === null ? 'pcapng' : `${Math.round(done * 100)} %`}
      </Button>
    </Tooltip>
  );
};

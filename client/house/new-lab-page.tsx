import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { NAME_SENTENCES, nameFault, tidyName } from '../../server/protocol/name.ts';
import { createLab, listSamples, type Problem, readMe, type Sample } from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { placeIn } from '../route/address.ts';
import { go } from '../route/navigation.tsx';
import { HousePage, ProblemNote } from './house-page.tsx';
import css from './house.module.css';
import { LabFileEditor } from './lab-file-editor.tsx';

/** A lab is made from a file: a sample as it is, a sample changed, or one's own. */
export const NewLabPage = () => {
  const me = useAsked(readMe);
  const samples = useAsked(listSamples);
  const problem = me.problem ?? samples.problem;
  return (
    <HousePage me={me.value}>
      <div className={css['middle']}>
        <h1>New lab</h1>
        <p>
          A lab file says which hosts there are, what is in them, and when the lab’s calendar
          begins. Take a sample as it is, change it, or paste your own.
        </p>
        {problem && <ProblemNote problem={problem} />}
        {samples.value && <NewLabForm samples={samples.value.samples} />}
      </div>
    </HousePage>
  );
};

const NewLabForm = ({ samples }: { samples: readonly Sample[] }) => {
  const [name, setName] = useState(samples[0]?.name ?? '');
  const [file, setFile] = useState(samples[0]?.file ?? '');
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = nameFault(tidyName(name));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (fault !== null) return;
    setSending(true);
    const answer = await createLab(tidyName(name), file);
    setSending(false);
    if (answer.ok) go({ page: 'lab', ...placeIn(answer.value.lab) });
    else setProblem(answer.fault);
  };
  const isFileProblem = problem?.kind === 'lab-file';
  return (
    <form className={css['form']} onSubmit={event => void submit(event)}>
      <div className={css['samples']} role="group" aria-label="Samples">
        {samples.map(sample => (
          <button
            key={sample.name}
            type="button"
            className={css['sample']}
            aria-pressed={sample.file === file}
            onClick={() => {
              setName(sample.name);
              setFile(sample.file);
              setProblem(null);
            }}
          >
            <strong>{sample.name}</strong>
            <span>{sample.about}</span>
          </button>
        ))}
      </div>
      <Field
        label="Name of the lab"
        {...(tried && fault !== null ? { validationMessage: NAME_SENTENCES[fault] } : {})}
      >
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <LabFileEditor
        text={file}
        faults={problem?.faults ?? []}
        onChange={text => {
          setFile(text);
          if (isFileProblem) setProblem(null);
        }}
      />
      {problem && !isFileProblem && <ProblemNote problem={problem} />}
      <div className={css['actions']}>
        <Button type="submit" appearance="primary" disabled={sending}>
          Create the Lab
        </Button>
        <Button onClick={() => go({ page: 'labs' })}>Cancel</Button>
      </div>
    </form>
  );
};

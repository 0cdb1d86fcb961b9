import { Button, Field, Input, Select, Slider } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { type By, chosenIn, type Extent, momentText, rangeOf } from './moment.ts';
import css from './history.module.css';

export interface Chosen {
  readonly by: By;
  readonly value: number;
}

/** Which moment: by a slider for about where, by a field for exactly which. */
export const MomentForm = ({
  extent,
  busy,
  onLook,
}: {
  extent: Extent;
  busy: boolean;
  onLook: (chosen: Chosen) => void;
}) => {
  const [by, setBy] = useState<By>('time');
  const [text, setText] = useState('0');
  const { min, max } = rangeOf(by, extent);
  const value = chosenIn(text, by, extent);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (value !== null) onLook({ by, value });
  };
  const change = (next: By): void => {
    setBy(next);
    setText(String(rangeOf(next, extent).min));
  };
  const wrong =
    value === null ? { validationMessage: `A number from ${min} to ${max}` } : { hint: ' ' };
  return (
    <form className={css['choice']} onSubmit={submit}>
      <Field label="By" hint=" ">
        <Select value={by} onChange={(_, data) => change(data.value === 'turn' ? 'turn' : 'time')}>
          <option value="time">Lab time</option>
          <option value="turn">Turn</option>
        </Select>
      </Field>
      <Field
        label="Moment"
        hint={value === null ? ' ' : `The lab as it was at ${momentText(by, value)}`}
      >
        <Slider
          min={min}
          max={Math.max(min, max)}
          value={value ?? min}
          onChange={(_, data) => setText(String(data.value))}
        />
      </Field>
      <Field label={by === 'turn' ? 'Turn' : 'Second'} {...wrong}>
        <Input
          value={text}
          inputMode="numeric"
          style={{ minWidth: 0 }}
          input={{ style: { width: '100%', minWidth: 0 } }}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      <Field hint=" ">
        <Button appearance="primary" type="submit" disabled={value === null || busy}>
          {busy ? 'Looking…' : 'Look Back'}
        </Button>
      </Field>
    </form>
  );
};

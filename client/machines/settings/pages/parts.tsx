import {
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
import type { Key } from '../draft.ts';
import type { Node } from '../nodes.ts';
import { type Changeable, fieldFault, frozen } from '../rules.ts';
import css from '../settings.module.css';
import type { Subject } from '../subject.ts';

export interface Editor {
  readonly subject: Subject;
  readonly value: (key: Key) => string;
  readonly onEdit: (key: Key, mine: string) => void;
}

/** A page of the window, about one node of its tree. */
export type Page = (props: Editor & { readonly node: Node }) => ReactNode;

/** Why a page, or a part of one, cannot be changed while the machine is in its state. */
export const useFrozen = (subject: Subject, what: Changeable): string | null =>
  frozen(what, subject.vm.state ?? 'Off');

export const Frozen = ({ why }: { why: string | null }) =>
  why !== null && (
    <MessageBar layout="multiline">
      <MessageBarBody>{why}</MessageBarBody>
    </MessageBar>
  );

/** What the real window can change here and a lab cannot, and why. */
export const Lacks = ({ children }: { children: ReactNode }) => (
  <p className={css['lacks']} role="note">
    {children}
  </p>
);

/** A box with a title, as the real pages have them. */
export const Box = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId();
  return (
    <div className={css['group-box']} role="group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </div>
  );
};

const NUMBER = { width: 132 };

interface NumberFieldProps {
  readonly editor: Editor;
  readonly name: Key;
  readonly label: string;
  readonly unit?: string;
  readonly locked?: boolean;
  readonly hint?: string;
}

export const NumberField = (props: NumberFieldProps) => {
  const { editor, name, label, unit, locked = false, hint } = props;
  const fault = fieldFault(name, editor.value(name));
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(fault === null ? {} : { validationMessage: fault })}
    >
      {given => (
        <span className={css['number']}>
          <Input
            {...given}
            type="number"
            inputMode="numeric"
            style={NUMBER}
            disabled={locked}
            value={editor.value(name)}
            onChange={(_, data) => editor.onEdit(name, data.value)}
          />
          {unit}
        </span>
      )}
    </Field>
  );
};

/** A field that is there to be read, and cannot be written. */
export const GreyField = ({ label, value }: { label: string; value: string }) => (
  <Field label={label}>
    <Input
      className={css['grey'] ?? ''}
      disabled={value === ''}
      readOnly={value !== ''}
      value={value}
    />
  </Field>
);

export const GreyCheck = ({ label, checked = false }: { label: string; checked?: boolean }) => (
  <Checkbox disabled label={label} checked={checked} />
);

export const GreyRadios = ({
  label,
  choices,
  chosen,
}: {
  label: string;
  choices: readonly string[];
  chosen: string;
}) => (
  <RadioGroup aria-label={label} disabled value={chosen}>
    {choices.map(choice => (
      <Radio key={choice} value={choice} label={choice} />
    ))}
  </RadioGroup>
);

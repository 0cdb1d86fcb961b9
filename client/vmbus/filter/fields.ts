// What a display filter can ask of a message.

export type FieldName =
  | 'channel'
  | 'direction'
  | 'kind'
  | 'length'
  | 'number'
  | 'summary'
  | 'time'
  | 'type';

export interface FilterField {
  readonly form: 'number' | 'text' | 'time';
  readonly about: string;
  /** The only values there are; anything may stand where there is no list. */
  readonly values?: readonly string[];
}

export const FIELDS: Readonly<Record<FieldName, FilterField>> = {
  type: { form: 'text', about: 'the message: OfferChannel, InBand…' },
  channel: { form: 'number', about: 'the channel’s number on this bus' },
  direction: {
    form: 'text',
    about: 'which way it went',
    values: ['host to guest', 'guest to host'],
  },
  length: { form: 'number', about: 'bytes' },
  summary: { form: 'text', about: 'the words of the last column' },
  time: { form: 'time', about: 'lab time: 10:42 or 10:42:07.418' },
  kind: {
    form: 'text',
    about: 'a message of the bus, or a packet in a ring',
    values: ['control', 'packet'],
  },
  number: { form: 'number', about: 'the number of its fact' },
};

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

export const isField = (word: string): word is FieldName => Object.hasOwn(FIELDS, word);

export const NUMBER_OPERATORS = ['==', '!=', '>', '>=', '<', '<='] as const;
export const TEXT_OPERATORS = ['==', '!=', 'contains'] as const;
export type Comparison = (typeof NUMBER_OPERATORS)[number] | 'contains';

export const operatorsOf = (name: FieldName): readonly Comparison[] =>
  FIELDS[name].form === 'text' ? TEXT_OPERATORS : NUMBER_OPERATORS;

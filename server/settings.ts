import { z } from 'zod';

// Every setting of the server is a row here: what it is called, what it is when nobody says anything,
// what it may be. The README's table is made from the same rows, and a test holds the two together.

interface Setting<T> {
  /** As one would write it in the environment; undefined where there is none. */
  readonly default: string | undefined;
  readonly meaning: string;
  /** Completes the sentence "must be ...". */
  readonly form: string;
  readonly schema: z.ZodType<T, string>;
  /** A secret is never repeated in an error. */
  readonly secret?: true;
}

const setting = <T>(row: Setting<T>): Setting<T> => row;

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const origin = z
  .url({ protocol: /^https?$/ })
  .transform(text => new URL(text))
  .refine(({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '')
  .transform(url => url.origin);

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const SETTINGS = {
  HOST: setting({
    default: '127.0.0.1',
    meaning: 'The address to listen on. `0.0.0.0` is every address of this machine.',
    form: 'a host name or an IP address',
    schema: z.string().regex(/^[\w.:-]{1,253}$/),
  }),
  PORT: setting({
    default: '7420',
    meaning: 'The port to listen on; `0` takes any free one.',
    form: 'a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
  }),
  PUBLIC_URL: setting({
    default: undefined,
    meaning:
      'The address people type, when it is not the one listened on. Links, cookies and the check of Origin follow it.',
    form: 'an address like https://lab.example.org, without a path',
    schema: origin,
  }),
  TRUST_PROXY: setting({
    default: 'no',
    meaning:
      'Whether one proxy of yours stands in front. Then what it writes into `X-Forwarded-For`, `-Host` and `-Proto` is believed.',
    form: 'yes or no',
    schema: z.enum(['yes', 'no']).transform(text => text === 'yes'),
  }),
  DATA_DIR: setting({
    default: './data',
    meaning: 'The directory of the embedded database, backups and secrets.',
    form: 'a path',
    schema: z.string().regex(/^[^\0]+$/),
  }),
  DATABASE_URL: setting({
    default: undefined,
    meaning: 'A Postgres of yours, 18 or later. Without it the embedded one runs in `DATA_DIR`.',
    form: 'an address like postgres://user:password@host:5432/database',
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    secret: true,
  }),
  LAB_THREADS: setting({
    default: '1',
    meaning: 'How many threads run labs; `0` runs them in the main thread, as tests do.',
    form: 'a whole number from 0 to 64',
    schema: wholeNumber(0, 64),
  }),
  VMS_PER_LAB: setting({
    default: '200',
    meaning: 'How many virtual machines a lab file may have.',
    form: 'a whole number from 1 to 8000',
    schema: wholeNumber(1, 8_000),
  }),
  COMMANDS_PER_SECOND: setting({
    default: '20',
    meaning:
      'How many commands a person may send in a second; more messages of every kind go along with it.',
    form: 'a whole number from 1 to 1000',
    schema: wholeNumber(1, 1_000),
  }),
  LOG_LEVEL: setting({
    default: 'info',
    meaning: 'How much is logged.',
    form: `one of ${LOG_LEVELS.join(', ')}`,
    schema: z.enum(LOG_LEVELS),
  }),
  METRICS_TOKEN: setting({
    default: undefined,
    meaning:
      'The bearer token for `/metrics` from other machines. Without it only this machine may read them.',
    form: 'at least 16 letters, digits or signs',
    schema: z.string().regex(/^[!-~]{16,}$/),
    secret: true,
  }),
};

type Table = typeof SETTINGS;
type Name = keyof Table;
type Value<N extends Name> = z.output<Table[N]['schema']>;
/** Those without a default may be missing. */
type Absent = 'PUBLIC_URL' | 'DATABASE_URL' | 'METRICS_TOKEN';

export type Settings = {
  readonly [N in Name]: N extends Absent ? Value<N> | undefined : Value<N>;
};

/** What is wrong with the settings, a line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads every setting or says what is wrong with all of them. An empty value is none. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const problems: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, row] of rows()) {
    const given = env[name]?.trim() ?? '';
    const text = given === '' ? row.default : given;
    if (text === undefined) continue;
    const parsed = row.schema.safeParse(text);
    if (parsed.success) read[name] = parsed.data;
    else problems.push(`${name} must be ${row.form}${row.secret ? '' : `, not "${text}"`}.`);
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return read as Settings;
};

export const settingsAsMarkdown = (): string =>
  [
    '| setting | default | meaning |',
    '| --- | --- | --- |',
    ...rows().map(
      ([name, row]) =>
        `| \`${name}\` | ${row.default === undefined ? 'none' : `\`${row.default}\``} | ${row.meaning} |`,
    ),
  ].join('\n');

const rows = (): [string, Setting<unknown>][] => Object.entries<Setting<unknown>>(SETTINGS);

/** In DATA_DIR: where the server that runs there, or ran there last, is found. */
export const ADDRESS_FILE = 'address';

import type { Call, Cmdlet, Fault, SessionState, Shell } from '../../engine/cmdlet.ts';
import { bindWords, ended, run, words } from '../../binding/binding.fixture.ts';
import { LAB_START } from '../../../protocol/time.ts';
import { catalogOf } from '../../manifest/catalog.ts';
import { PSObject } from '../../value/ps-object.ts';
import { itemsOf, textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { ABOUT } from './index.ts';

export interface Ran {
  readonly output: readonly Value[];
  readonly errors: readonly Fault[];
}

/** A session without an evaluator: aliases, functions and history, and nothing of a lab. */
export class FakeSession {
  readonly #aliases = new Map<string, string>();
  readonly functions = [{ name: 'Do-It', text: ' 1 ' }];
  readonly history = ['Get-VM', 'Start-VM Web', 'Get-Alias'].map((line, at) => ({
    id: at + 1,
    line,
  }));

  constructor() {
    for (const { name, command } of catalogOf('2012', ABOUT).aliases())
      this.#aliases.set(name, command);
  }

  /** Runs one of the cmdlets with words as arguments. */
  run(name: string, ...line: readonly Value[]): Ran {
    const cmdlet = ABOUT.find(one => one.name === name);
    if (cmdlet === undefined) throw new Error(`no ${name}`);
    const { binding } = bindWords(name, words(...line));
    const output: Value[] = [];
    const errors: Fault[] = [];
    const call = this.#call(cmdlet, binding.values, { output, errors });
    for (const phase of [cmdlet.begin, cmdlet.process, cmdlet.end])
      if (phase !== undefined) run(phase(call));
    return { output, errors };
  }

  #call(
    { name }: Cmdlet,
    values: ReadonlyMap<string, Value>,
    into: { readonly output: Value[]; readonly errors: Fault[] },
  ): Call {
    const shell: Shell = {
      ...UNUSED,
      write: value => ended(void into.output.push(value)),
      error: error => ended(void into.errors.push(error)),
      fault: fault => ({ ...NO_PLACE, ...fault, target: fault.target ?? null }),
      should: () => ended(true),
      session: this.#state(),
    };
    return { bound: boundOf(values), set: '', invokedAs: name, state: new Map(), shell };
  }

  #state(): SessionState {
    const aliases = this.#aliases;
    return Object.assign(Object.create(NO_VARIABLES) as typeof NO_VARIABLES, {
      alias: (name: string) => aliases.get(name.toLowerCase()),
      setAlias: (name: string, command: string) => void aliases.set(name.toLowerCase(), command),
      removeAlias: (name: string) => aliases.delete(name.toLowerCase()),
      location: 'C:\\',
      aliases: () => [...aliases].map(([name, command]) => ({ name, command })),
      functions: () => this.functions,
      cmdlet: (name: string) => ABOUT.find(one => one.name === name),
      history: this.history,
    });
  }
}

const unused = (): never => {
  throw new Error('not there');
};

const UNUSED: Omit<Shell, 'session'> = {
  lab: {
    era: '2012',
    now: LAB_START,
    calendar: unused,
    get: unused,
    all: unused,
    by: unused,
    events: unused,
  },
  computer: 'host:HV01',
  write: unused,
  error: unused,
  fault: unused,
  say: unused,
  host: unused,
  width: 80,
  progress: unused,
  clear: unused,
  should: unused,
  ask: unused,
  submit: unused,
  finish: unused,
  until: unused,
  call: unused,
  pass: unused,
  test: unused,
  block: unused,
  place: { id: 'host:HV01', name: 'HV01', remote: false },
  make: unused,
  stopUpstream: unused,
};

const NO_VARIABLES = {
  get jobs(): never {
    return unused();
  },
  get sessions(): never {
    return unused();
  },
  startJob: unused,
  openSession: unused,
  variable: unused,
  setVariable: unused,
  removeVariable: unused,
  enter: unused,
  variables: unused,
  cmdlets: unused,
  errors: [],
};

const NO_PLACE = { exception: '', activity: '', reason: '', command: '', place: null };

const boundOf = (values: ReadonlyMap<string, Value>): Call['bound'] => {
  const list = (name: string) => {
    const value = values.get(name);
    return value === undefined ? undefined : (itemsOf(value) ?? [value]);
  };
  return {
    has: name => values.has(name),
    value: name => values.get(name),
    flag: name => values.get(name) === true,
    names: () => values.keys(),
    text: name => (values.has(name) ? textOf(values.get(name) ?? null) : undefined),
    texts: name => list(name)?.map(one => textOf(one)),
    number: name => (values.has(name) ? Number(textOf(values.get(name) ?? null)) : undefined),
    values: list,
    table: () => undefined,
  };
};

/** A property of every object of the output. */
export const column = ({ output }: Ran, name: string): readonly Value[] =>
  output.map(one =>
    one instanceof PSObject
      ? ([...one.notes.values(), ...one.properties()].find(it => it.name === name)?.get() ?? null)
      : one,
  );

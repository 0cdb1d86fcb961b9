import type { RecordOf } from '../../../protocol/record/index.ts';
import type { SimTime } from '../../../protocol/time.ts';
import { seconds, TICKS_PER_SECOND } from '../../../protocol/time.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { DateTime } from '../../value/date-time.ts';
import { Typed } from '../../value/typed.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hostNamed, isThirdHost } from '../hyper-v/hosts.ts';
import { computersOf } from './computers.ts';
import { COUNTERS, type CounterRow } from './counter-sets.ts';

type Host = RecordOf<'host'>;

/** What a path asks of a host: `\Set(instance)\Counter`. */
interface Asked {
  readonly host: Host;
  readonly rows: readonly CounterRow[];
  readonly instance: Wildcard | null;
}

export const getCounter: Cmdlet = {
  name: 'Get-Counter',
  synopsis: 'Reads the performance counters that a lab has: hypervisor, machines, memory, volumes.',
  examples: [
    {
      line: "Get-Counter '\\Hyper-V Hypervisor Virtual Processor(*)\\% Guest Run Time' -MaxSamples 3",
      about: 'How busy each virtual processor is, three times.',
    },
    { line: 'Get-Counter -ListSet *', about: 'Which counters there are.' },
  ],
  *process(call) {
    const hosts = yield* computersOf(call);
    if (call.bound.has('ListSet')) yield* list(call, hosts);
    else yield* sample(call, yield* askedOf(call, hosts));
  },
};

const PATH = /^(?:\\\\([^\\]+))?\\([^\\(]+?)(?:\((.*)\))?\\([^\\]+)$/;

function* askedOf(call: Call, hosts: readonly Host[]): Steps<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const path of call.bound.texts('Counter') ?? ['\\Memory\\Available MBytes']) {
    const [, computer, set = '', instance, counter = ''] = PATH.exec(path) ?? [];
    const far = computer === undefined ? undefined : hostNamed(call, computer);
    if (far !== undefined && (far.state !== 'Running' || isThirdHost(call, far))) {
      yield* offline(call, far.name);
      continue;
    }
    const on = far === undefined ? hosts : [far];
    const [sets, counters] = [new Wildcard(set), new Wildcard(counter)];
    const rows = COUNTERS.filter(one => sets.matches(one.set) && counters.matches(one.counter));
    if (rows.length === 0) yield* unknown(call, path);
    const wanted = instance === undefined ? null : new Wildcard(instance);
    for (const host of on) asked.push({ host, rows, instance: wanted });
  }
  return asked;
}

function* offline({ shell }: Call, name: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: 'Unable to connect to the specified computer or the computer is offline.',
      id: 'CounterApiError',
      category: 'InvalidResult',
      exception: 'System.Exception',
      target: name,
    }),
  );
}

function* unknown({ shell }: Call, path: string): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: `Get-Counter binds, but the counter ${path} is not simulated in era 2012. Get-Counter -ListSet * lists those that are.`,
      id: 'NotSimulated',
      category: 'NotImplemented',
      target: path,
    }),
  );
}

/** A value for each path, so far. */
const readAll = (
  call: Call,
  asked: readonly Asked[],
): ReadonlyMap<string, [number, CounterRow]> => {
  const values = new Map<string, [number, CounterRow]>();
  for (const { host, rows, instance } of asked) {
    const now = call.shell.lab.get('host', host.id);
    if (now === undefined) continue;
    for (const row of rows)
      for (const reading of row.read(call.shell.lab, now)) {
        if (!(instance?.matches(reading.instance) ?? reading.instance === '')) continue;
        const of = reading.instance === '' ? '' : `(${reading.instance.toLowerCase()})`;
        const path = `\\\\${now.name}\\${row.set}${of}\\${row.counter}`.toLowerCase();
        values.set(path, [reading.value, row]);
      }
  }
  return values;
};

/** Every sample takes its interval: what a rate is of two readings. */
function* sample(call: Call, asked: readonly Asked[]): Steps<void> {
  const { bound, shell } = call;
  if (asked.every(({ rows }) => rows.length === 0)) return;
  const span = seconds(Math.max(1, bound.number('SampleInterval') ?? 1));
  const most = bound.flag('Continuous') ? Infinity : (bound.number('MaxSamples') ?? 1);
  for (let taken = 0; taken < most; taken += 1) {
    const [before, from] = [readAll(call, asked), shell.lab.now];
    yield* shell.until(() => false, (from + span) as SimTime);
    const passed = (shell.lab.now - from) / TICKS_PER_SECOND;
    const samples = [...readAll(call, asked)].flatMap(([path, [value, row]]) => {
      const old = before.get(path)?.[0];
      if (row.rate === null) return [sampleOf(path, value)];
      const share = old === undefined ? 0 : (value - old) / passed / row.rate;
      return passed === 0 ? [] : [sampleOf(path, share)];
    });
    if (samples.length === 0) return yield* nothing(call);
    yield* shell.write(setOf(call, samples));
  }
}

const sampleOf = (path: string, value: number): CustomObject => {
  const made = new CustomObject(
    'Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSample',
  );
  made.note('Path', path);
  made.note('InstanceName', /\(([^)]*)\)\\[^\\]*$/.exec(path)?.[1] ?? '');
  made.note('CookedValue', Number.isInteger(value) ? new Typed('Double', value) : value);
  return made;
};

const setOf = ({ shell }: Call, samples: readonly CustomObject[]): CustomObject => {
  const made = new CustomObject(
    'Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSampleSet',
  );
  made.note('Timestamp', DateTime.fromUnix(shell.lab.calendar(shell.lab.now)));
  made.note('CounterSamples', samples);
  return made;
};

function* nothing({ shell }: Call): Steps<void> {
  yield* shell.error(
    shell.fault({
      message: 'The specified instance is not present.',
      id: 'CounterApiError',
      category: 'InvalidResult',
      exception: 'System.Exception',
    }),
  );
}

function* list({ bound, shell }: Call, hosts: readonly Host[]): Steps<void> {
  const names = (bound.texts('ListSet') ?? []).map(name => new Wildcard(name));
  for (const host of hosts)
    for (const set of new Set(COUNTERS.map(one => one.set))) {
      if (!names.some(name => name.matches(set))) continue;
      const rows = COUNTERS.filter(one => one.set === set);
      const isSingle = rows[0]?.read(shell.lab, host).every(one => one.instance === '') ?? true;
      const made = new CustomObject('Microsoft.PowerShell.Commands.GetCounter.CounterSet');
      made.note('CounterSetName', set);
      made.note('MachineName', bound.has('ComputerName') ? host.name : '.');
      made.note('CounterSetType', isSingle ? 'SingleInstance' : 'MultiInstance');
      const paths = rows.map(({ counter }) => `\\${set}${isSingle ? '' : '(*)'}\\${counter}`);
      made.note('Paths', paths);
      made.note('Counter', paths);
      yield* shell.write(made);
    }
}

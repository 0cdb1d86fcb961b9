import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { SERVICE } from '../../objects/host-objects.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { compareText } from '../../value/compare.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { computersOf } from './computers.ts';

type Service = RecordOf<'service'>;

/** Services as objects, or by name or display name on the computers that are named. */
function* servicesOf(call: Call): Steps<readonly Service[]> {
  const { bound, shell } = call;
  const objects = bound.values('InputObject');
  if (objects !== undefined) return objects.flatMap(object => recordIn(object, 'service') ?? []);
  const hosts = yield* computersOf(call);
  const all = hosts
    .flatMap(({ id }) => shell.lab.by('service', 'host', id))
    .toSorted((a, b) => compareText(a.name, b.name));
  const isDisplay = bound.has('DisplayName');
  const names = bound.texts(isDisplay ? 'DisplayName' : 'Name');
  if (names === undefined) return all;
  const found: Service[] = [];
  for (const name of names) {
    const pattern = new Wildcard(name);
    const matching = all.filter(one => pattern.matches(isDisplay ? one.displayName : one.name));
    found.push(...matching);
    if (matching.length > 0 || /[*?[]/.test(name)) continue;
    yield* shell.error(
      shell.fault({
        message: `Cannot find any service with service name '${name}'.`,
        id: 'NoServiceFoundForGivenName',
        category: 'ObjectNotFound',
        exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
        target: name,
      }),
    );
  }
  return found;
}

export const getService: Cmdlet = {
  name: 'Get-Service',
  synopsis: 'Lists the services of a host.',
  examples: [{ line: 'Get-Service vmms', about: 'The Virtual Machine Management service.' }],
  *process(call) {
    for (const one of yield* servicesOf(call))
      yield* call.shell.write(new LabObject(SERVICE, one, call.shell.lab));
  },
};

type Turn = 'start' | 'stop';

const WANTED = { start: 'Running', stop: 'Stopped' } as const;

/** Changes it and waits until it is so. */
function* turn(call: Call, service: Service, way: Turn): Steps<boolean> {
  const { shell } = call;
  const object = new LabObject(SERVICE, service, shell.lab);
  const now = (): Service | undefined => shell.lab.get('service', service.id as Id<'service'>);
  if (now()?.state === WANTED[way]) return true;
  if (!(yield* shell.finish(`service.${way}`, { service: service.id }, object))) return false;
  return yield* shell.until(() => now()?.state === WANTED[way]);
}

const changer = (name: string, ways: readonly Turn[], synopsis: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line: `${name} vmms`, about: synopsis }],
  *process(call) {
    const { bound, shell } = call;
    for (const service of yield* servicesOf(call)) {
      if (!(yield* shell.should(`${service.displayName} (${service.name})`, name))) continue;
      let isDone = true;
      for (const way of ways) isDone = isDone && (yield* turn(call, service, way));
      if (isDone && bound.flag('PassThru'))
        yield* shell.write(new LabObject(SERVICE, service, shell.lab));
    }
  },
});

export const startService = changer('Start-Service', ['start'], 'Starts services.');
export const stopService = changer('Stop-Service', ['stop'], 'Stops services.');
export const restartService = changer(
  'Restart-Service',
  ['stop', 'start'],
  'Stops services and starts them again.',
);

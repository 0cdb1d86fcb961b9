import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { INTEGRATION_COMPONENT } from '../../objects/integration-service.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { machinesOf } from './machines.ts';

type Service = RecordOf<'integration-service'>;

/** The sixth service, of Server 2012 R2. */
const LATER = /^guest service interface$/i;

function* servicesOf(call: Call): Steps<readonly Service[]> {
  const { bound, shell } = call;
  const objects = bound.values('VMIntegrationService');
  if (objects !== undefined)
    return objects.flatMap(object => recordIn(object, 'integration-service') ?? []);
  const names = bound.texts('Name') ?? [];
  if (names.some(name => LATER.test(name))) {
    const message = `The Guest Service Interface came with a later version and is not simulated in era ${shell.lab.era}.`;
    yield* shell.error(
      shell.fault({ message, id: 'NotSimulated', category: 'NotImplemented', target: null }),
    );
  }
  const patterns = names.map(name => new Wildcard(name));
  const machines = yield* machinesOf(call, bound.texts('VMName'));
  return machines.flatMap(vm =>
    shell.lab
      .by('integration-service', 'vm', vm.id)
      .filter(one => patterns.some(pattern => pattern.matches(one.name))),
  );
}

const switcher = (name: string, enabled: boolean, synopsis: string): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line: `${name} Heartbeat WEB01`, about: 'One service of one machine.' }],
  *process(call) {
    const { bound, shell } = call;
    for (const service of yield* servicesOf(call)) {
      if (!(yield* shell.should(service.name, name))) continue;
      const object = new LabObject(INTEGRATION_COMPONENT, service, shell.lab);
      const args = { vm: service.vm, service: service.id, enabled };
      const done = yield* shell.finish('vm.setIntegrationService', args, object);
      if (done && bound.flag('Passthru')) yield* shell.write(object);
    }
  },
});

export const enableVmIntegrationService = switcher(
  'Enable-VMIntegrationService',
  true,
  'Offers an integration service to a virtual machine.',
);
export const disableVmIntegrationService = switcher(
  'Disable-VMIntegrationService',
  false,
  'Withholds an integration service from a virtual machine.',
);
